import {metricOf, metrics, type Metric} from '../metrics/metric-table.js';
import {stages} from '../metrics/stage-table.js';
import {nearest} from '../parameters/nearest.js';
import {type Choice, type Parameter} from '../parameters/parameter.js';
import {isKnownKey, parameter, parameters} from '../parameters/table.js';
import {UserError} from '../parameters/user-error.js';
import {formatValue, jsonValue, rangeText} from '../parameters/value.js';
import {type CommandResult} from './command-result.js';
import {type ViewWords, views} from './view-words.js';
import {wrapped} from './wrapped.js';

const effects: Readonly<Record<Parameter['effect'], string>> = {
	'next-use': 'at its next use',
	reset: 'after a device reset',
	restart: 'in a new run from t = 0',
};

/**
`vqlab explain <key|metric|view>`: what it is, unit, range, default, where the default comes from.
Without a word it lists everything that can be explained. Throws `UserError` for an unknown word.
*/
export async function runExplainCommand(words: readonly string[], options: {readonly format?: string} = {}): Promise<CommandResult> {
	const json = options.format === 'json';
	if (words.length === 0) {
		return {output: json ? jsonText(index()) : indexText(), exitCode: 0};
	}

	const [word] = words;
	if (isKnownKey(word)) {
		const entry = parameter(word);
		return {output: json ? jsonText(parameterJson(entry)) : parameterText(entry), exitCode: 0};
	}

	const metric = metricOf(word) ?? metricOf(`latency.stages.${word}.mean`);
	if (metric !== undefined) {
		return {output: json ? jsonText({kind: 'metric', ...metric}) : metricText(metric), exitCode: 0};
	}

	const view = views.find(({name, key}) => name === word || key === word);
	if (view !== undefined) {
		return {output: json ? jsonText({kind: 'view', ...view}) : viewText(view), exitCode: 0};
	}

	const near = nearest(word, [...parameters.map(entry => entry.key), ...metrics.map(({path}) => path), ...views.map(({name}) => name), ...stages.map(({name}) => name)]);
	throw new UserError(`explain: nothing is called ${JSON.stringify(word.slice(0, 60))}${near === undefined ? ': vqlab explain lists keys, metrics and views' : `; did you mean ${near}?`}`);
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
		...(entry.metrics === undefined ? [] : field('shows in', entry.metrics.join(', '))),
		...(entry.type === 'choice' ? entry.choices.flatMap(choice => choiceLines(choice, choice.value === entry.default)) : []),
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

function metricText({path, label, unit, meaning}: Metric): string {
	return `${[`${path}   ${label}`, '', ...wrapped(meaning), '', ...field('unit', unit)].join('\n')}\n`;
}

function viewText({name, key, words}: ViewWords): string {
	return `${[`${name}   view ${key}`, '', ...wrapped(words)].join('\n')}\n`;
}

function indexText(): string {
	const listed = parameters.filter(entry => entry.family === undefined);
	const width = Math.max(...listed.map(entry => entry.key.length));
	const lines = [
		'Parameters (key, default, unit); those of single commands end in .<COMMAND>',
		...listed.map(entry => `  ${entry.key.padEnd(width)}  ${formatValue(entry, entry.default).padEnd(23)}  ${entry.unit}`),
		'',
		'Metrics (path, unit); those of the cursor queue start with cursor.',
		...metrics.filter(({path}) => !path.startsWith('cursor.')).map(({path, unit}) => `  ${path.padEnd(38)}  ${unit}`),
		'',
		'Views',
		...views.map(({name, key}) => `  ${key} ${name}`),
	];
	return `${lines.join('\n')}\n`;
}

function index(): unknown {
	return {
		parameters: parameters.map(entry => parameterJson(entry)),
		metrics: metrics.map(metric => ({kind: 'metric', ...metric})),
		views: views.map(view => ({kind: 'view', ...view})),
	};
}

function parameterJson(entry: Parameter): unknown {
	const {key, label, group, type, unit, words, effect, provenance, automatic, metrics: shownIn} = entry;
	const limits = 'min' in entry && (type === 'integer' || type === 'number') ? {min: entry.min, max: entry.max} : {};
	return {
		kind: 'parameter', key, label, group, type, unit, range: rangeText(entry), ...limits, default: jsonValue(entry, entry.default),
		provenance, words, effect, automatic, metrics: shownIn, choices: entry.type === 'choice' ? entry.choices : undefined,
	};
}

function field(name: string, text: string): readonly string[] {
	const [first, ...rest] = wrapped(text, ' '.repeat(12));
	return [`  ${name.padEnd(10)}${first.trimStart()}`, ...rest];
}

function jsonText(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}
