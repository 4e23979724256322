import {findings} from '../diagnosis/finding-pages.js';
import {metricOf} from '../metrics/metric-table.js';
import {type Configuration} from '../simulation/configuration.js';
import {valueOf} from '../simulation/parameters/resolve-clients.js';
import {isKnownKey, parameter} from '../simulation/parameters/table.js';
import {formatValue, rangeText} from '../parameters/value.js';
import {terms} from '../report/glossary.js';

/** What is said of a word of the screen: lines of a label (may be empty) and a text. */
export type ExplainPage = {
	readonly title: string;
	readonly kind: string;
	readonly lines: ReadonlyArray<readonly [label: string, text: string]>;
};

const effects = {
	'next-use': 'at its next use; what is under way keeps what it drew',
	reset: 'after a device reset',
	restart: 'in a new run from t = 0',
} as const;

function parameterPage(key: string, configuration: Configuration | undefined): ExplainPage {
	const entry = parameter(key);
	const value = configuration === undefined ? undefined : valueOf(configuration, key);
	const given = entry.default;
	return {
		title: `${entry.label}   ${key}`,
		kind: 'parameter',
		lines: [
			['', entry.words],
			...(value === undefined ? [] : ([['now', formatValue(entry, value)]] as const)),
			['range', rangeText(entry)],
			['default', typeof given === 'string' ? given : formatValue(entry, given)],
			['source', `${entry.provenance.kind}: ${entry.provenance.source}`],
			['acts', effects[entry.effect]],
			...(entry.type === 'choice' ? entry.choices.map(choice => [choice.value, choice.words] as const) : []),
		],
	};
}

/**
The page of a parameter, a metric, a verdict or another word of the
screen; undefined when there is none.
*/
export function explainPage(word: string, configuration?: Configuration): ExplainPage | undefined {
	if (isKnownKey(word)) {
		return parameterPage(word, configuration);
	}

	const metric = metricOf(word);
	if (metric !== undefined) {
		return {
			title: `${metric.label}   ${word}`,
			kind: 'metric',
			lines: [
				['', metric.meaning],
				['unit', metric.unit],
				['better', metric.better ?? 'neither way: higher or lower'],
			],
		};
	}

	const page = findings.find(([id]) => id === word)?.[1];
	if (page !== undefined) {
		return {
			title: word,
			kind: 'verdict',
			lines: [
				['', page.meaning],
				['evidence', page.evidence],
				['helps', page.helps],
				['does not', page.neverHelps],
			],
		};
	}

	const term = terms.find(({name}) => name === word);
	return (
		term && {
			title: word,
			kind: 'word',
			lines: [['', term.meaning], ...(term.metrics ?? []).map(path => ['metric', path] as const)],
		}
	);
}
