import {metricOf, metrics, type Metric} from '../metrics/metric-table.js';
import {stages} from '../metrics/stage-table.js';
import {clientParameters} from '../guest/client-parameters.js';
import {quoted} from '../parameters/duration.js';
import {nearest} from '../errors/nearest.js';
import {type Choice, type Parameter} from '../parameters/parameter.js';
import {isKnownKey, parameter, parameters} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {assertionExample} from '../report/assertion.js';
import {formatValue, jsonValue, rangeText} from '../parameters/value.js';
import {findings} from '../diagnosis/finding-pages.js';
import {type FindingPage} from '../diagnosis/finding-page.js';
import {type FieldTerm} from '../report/field-term.js';
import {fieldTerms} from '../report/field-terms.js';
import {terms} from '../report/glossary.js';
import {type Term} from '../report/term.js';
import {viewTitle} from '../session/view.js';
import {views} from '../views/list.js';
import {type CommandResult} from './command-result.js';
import {wrapped} from './wrapped.js';

const effects: Readonly<Record<Parameter['effect'], string>> = {
	'next-use': 'at its next use',
	reset: 'after a device reset',
	restart: 'in a new run from t = 0',
};

/** Every key that can be explained: the table, and those that each client has. */
const listed = [...parameters, ...clientParameters];

/**
`vqlab explain <word>`: a key, a metric, a stage, a finding, a word of a screen or a report, or a
view: what it is, unit, range, default, where the default comes from. Without a word it lists
everything that can be explained. Throws `UserError` for an unknown word.
*/
export async function runExplainCommand(
	words: readonly string[],
	options: {readonly format?: string} = {},
): Promise<CommandResult> {
	const json = options.format === 'json';
	if (words.length === 0) {
		return {output: json ? jsonText(index()) : indexText(), exitCode: 0};
	}

	const word = words.join(' ').trim();
	const pages = pagesOf(word);
	if (pages.length > 0) {
		return {
			output: json
				? jsonText(pages.length === 1 ? pages[0].json : pages.map(page => page.json))
				: pages.map(page => page.text).join('\n'),
			exitCode: 0,
		};
	}

	const near = nearest(word, [
		...listed.map(entry => entry.key),
		...metrics.map(({path}) => path),
		...views.map(({title}) => title),
		...stages.map(({name}) => name),
		...findings.map(([id]) => id),
		...fieldTerms.flatMap(({name, also = []}) => [name, ...also]),
		...terms.map(({name}) => name),
	]);
	throw new UserError(
		'explain: nothing is called ' +
			`${quoted(word)}${near === undefined ? ': vqlab explain lists keys, metrics, findings, words and views' : `; did you mean ${near}?`}`,
	);
}

/** Something that can be explained, for people and for programs. */
type Page = {readonly text: string; readonly json: unknown};

/** A word may be a stage, a finding and a column of a table at once: all that it is. */
function pagesOf(word: string): readonly Page[] {
	const lower = word.toLowerCase();
	const isCalled = (name: string): boolean => name.toLowerCase() === lower;
	const metric = metricOf(word) ?? metricOf(`latency.stages.${word}.mean`) ?? metricOf(word.replaceAll(' ', '.'));
	const found = findings.filter(([id]) => isCalled(id));
	return [
		...(isKnownKey(word)
			? [parameter(word)].map(entry => ({text: parameterText(entry), json: parameterJson(entry)}))
			: []),
		...(metric === undefined ? [] : [{text: metricText(metric), json: {kind: 'metric', ...metric}}]),
		...found.map(([id, page]) => ({text: findingText(id, page), json: {kind: 'finding', id, ...page}})),
		...fieldTerms
			.filter(({name, also = []}) => [name, ...also].some(each => isCalled(each)))
			.map(entry => ({text: fieldTermText(entry), json: {kind: 'term', ...entry}})),
		...termsOf(isCalled).map(entry => ({text: termText(entry), json: {kind: 'word', ...entry}})),
		...viewPages
			.filter(({name, key}) => isCalled(name) || key === word)
			.map(page => ({text: viewText(page), json: {kind: 'view', ...page}})),
	];
}

/** The terms of this name, each meaning once. */
function termsOf(isCalled: (name: string) => boolean): readonly Term[] {
	const byMeaning = new Map(terms.filter(({name}) => isCalled(name)).map(entry => [entry.meaning, entry]));
	return [...byMeaning.values()];
}

function parameterText(entry: Parameter): string {
	const automatic = entry.automatic === undefined ? '' : ` (${entry.automatic.words})`;
	const lines = [
		`${entry.key}   ${entry.label}`,
		'',
		...wrapped(entry.words),
		'',
		...field('unit', entry.unit),
		...field('range', rangeText(entry)),
		...field('default', `${formatValue(entry, entry.default)}${automatic}`),
		...field('from', `${entry.provenance.kind}: ${entry.provenance.source}`),
		...field('a change', `takes effect ${effects[entry.effect]}`),
		...(entry.knob === undefined ? [] : field('set by', `${entry.knob.by}: ${entry.knob.how}`)),
		...(entry.metrics === undefined ? [] : field('shows in', entry.metrics.join(', '))),
		...(entry.type === 'choice'
			? entry.choices.flatMap(choice => choiceLines(choice, choice.value === entry.default))
			: []),
	];
	return `${lines.join('\n')}\n`;
}

function choiceLines(choice: Choice, isDefault: boolean): readonly string[] {
	return [
		'',
		`${choice.value}${isDefault ? ' (default)' : ''}`,
		...wrapped(choice.words, '  '),
		...field('functions', choice.functions),
		...field('versions', choice.versions),
		...field('moves', choice.moves),
		...field('no help', choice.noHelp),
		...field('source', choice.source),
	];
}

function metricText(metric: Metric): string {
	const {path, label, unit, meaning, better} = metric;
	return `${[
		`${path}   ${label}`,
		'',
		...wrapped(meaning),
		'',
		...field('unit', unit),
		...field('better', better ?? 'neither: it has no direction'),
		...field('assert', `--assert '${assertionExample(metric)}'`),
	].join('\n')}\n`;
}

function findingText(id: string, {meaning, evidence, helps, neverHelps}: FindingPage): string {
	return `${[`${id}   finding`, '', ...wrapped(meaning), '', ...field('evidence', evidence), ...field('helps', helps), ...field('never', neverHelps)].join('\n')}\n`;
}

function fieldTermText({name, also = [], meaning, see = []}: FieldTerm): string {
	const lines = [
		`${[name, ...also].join(', ')}   a word of the field`,
		'',
		...wrapped(meaning),
		...(see.length === 0 ? [] : ['', ...field('see', see.join(', '))]),
	];
	return `${lines.join('\n')}\n`;
}

function termText({name, meaning, metrics: shownAs}: Term): string {
	return `${[`${name}   on screens and in reports`, '', ...wrapped(meaning), ...(shownAs === undefined ? [] : ['', ...field('see', shownAs.join(', '))])].join('\n')}\n`;
}

/** A view, for a kind of subject. */
type ViewPage = {readonly key: string; readonly name: string; readonly words: string};

/** First what a run is shown by, then a recording. */
const viewPages: readonly ViewPage[] = (['run', 'recording'] as const).flatMap(kind =>
	views.flatMap(({key, title, words}): readonly ViewPage[] => {
		const own = words[kind];
		return own === undefined ? [] : [{key, name: title, words: own}];
	}),
);

function viewText({name, key, words}: ViewPage): string {
	return `${[`${name}   view ${key}`, '', ...wrapped(words)].join('\n')}\n`;
}

function indexText(): string {
	const shown = listed.filter(entry => entry.family === undefined);
	const width = Math.max(...shown.map(entry => entry.key.length));
	const lines = [
		'Parameters (key, default, unit); those of single commands end in .<COMMAND>',
		...shown.map(
			entry => `  ${entry.key.padEnd(width)}  ${formatValue(entry, entry.default).padEnd(23)}  ${entry.unit}`,
		),
		'',
		'Metrics (path, unit); those of the cursor queue start with cursor.',
		...metrics
			.filter(({path}) => !path.startsWith('cursor.'))
			.map(({path, unit}) => `  ${path.padEnd(38)}  ${unit}`),
		'',
		'Stages of a command, in order',
		...wrapped(stages.map(({name}) => name).join(', '), '  '),
		'',
		'Findings of verdicts and stalls',
		...wrapped([...new Set(findings.map(([id]) => id))].join(', '), '  '),
		'',
		'Words of the field',
		...wrapped(fieldTerms.map(({name}) => name).join(', '), '  '),
		'',
		'Words on screens and in reports',
		...wrapped([...new Set(terms.map(({name}) => name))].join(', '), '  '),
		'',
		'Views',
		...viewPages.map(
			({key, name, words}) => `  ${viewTitle({key, title: name})}   ${words.split(':', 1)[0].toLowerCase()}`,
		),
	];
	return `${lines.join('\n')}\n`;
}

function index(): unknown {
	return {
		parameters: listed.map(entry => parameterJson(entry)),
		metrics: metrics.map(metric => ({kind: 'metric', ...metric})),
		findings: findings.map(([id, page]) => ({kind: 'finding', id, ...page})),
		terms: fieldTerms.map(entry => ({kind: 'term', ...entry})),
		words: terms.map(entry => ({kind: 'word', ...entry})),
		views: viewPages.map(page => ({kind: 'view', ...page})),
	};
}

function parameterJson(entry: Parameter): unknown {
	const {key, label, group, type, unit, words, effect, knob, provenance, automatic, metrics: shownIn} = entry;
	const limits = 'min' in entry && (type === 'integer' || type === 'number') ? {min: entry.min, max: entry.max} : {};
	return {
		kind: 'parameter',
		key,
		label,
		group,
		type,
		unit,
		range: rangeText(entry),
		...limits,
		default: jsonValue(entry, entry.default),
		provenance,
		words,
		effect,
		knob,
		automatic,
		metrics: shownIn,
		choices: entry.type === 'choice' ? entry.choices : undefined,
	};
}

function field(name: string, text: string): readonly string[] {
	const [first, ...rest] = wrapped(text, ' '.repeat(12));
	return [`  ${name.padEnd(10)}${first.trimStart()}`, ...rest];
}

function jsonText(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Every word that can be explained, and what it is. */
export function explainedWords(): ReadonlyArray<readonly [word: string, what: string]> {
	return [
		...listed.map(({key, label}) => [key, label] as const),
		...metrics.map(({path, label}) => [path, label] as const),
		...stages.map(({name}) => [name, 'a stage'] as const),
		...findings.map(([id]) => [id, 'a finding'] as const),
		...fieldTerms.map(({name}) => [name, 'a word of the field'] as const),
		...terms.map(({name}) => [name, 'a word'] as const),
		...views.map(({title}) => [title, 'a view'] as const),
	];
}
