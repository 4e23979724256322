import {metricOf, metrics, type Metric} from '../metrics/metric-table.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {metricAt, metricPaths} from '../metrics/metric-path.js';
import {metricUnit, suffixesOf, suffixFactor, type MetricUnit} from '../metrics/metric-unit.js';
import {type RunReport} from './run-report.js';
import {judgedMetrics} from './stretch.js';

const comparisons = {
	'<': (a: number, b: number) => a < b,
	'<=': (a: number, b: number) => a <= b,
	'>': (a: number, b: number) => a > b,
	'>=': (a: number, b: number) => a >= b,
	'==': (a: number, b: number) => a === b,
	'!=': (a: number, b: number) => a !== b,
} as const;

type Operator = keyof typeof comparisons;

/** A claim about a metric, its value in the unit of the JSON. */
export type Assertion = {
	/** As the user wrote it. */
	readonly text: string;
	/** It is about the whole measured time, not the last stretch. */
	readonly whole: boolean;
	readonly path: string;
	readonly operator: Operator;
	readonly value: number;
};

const grammar =
	/^(?<whole>whole:\s*)?(?<path>[^\s<=>!]+)\s*(?<operator><=|>=|==|!=|<|>)\s*(?<number>[+\-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+\-]?\d+)?)\s*(?<suffix>[%\/A-Za-z]*)$/v;

/**
Reads `latency.p99 < 5ms` or `cpu.vcpus[1].spin >= 0.4`. A unit is converted to that
of the JSON, a bare number is in it already. After `whole:` it is about the whole
measured time of a run with changes.

@throws {UserError} when it is not of this form, there is no such metric, or the
unit is not one of the metric's.
*/
export function parseAssertion(text: string): Assertion {
	const groups = grammar.exec(text.trim())?.groups;
	if (groups === undefined || !isOperator(groups.operator)) {
		throw new UserError(
			`--assert '${text}' is not PATH OP VALUE with OP one of < <= > >= == !=, for example '${exampleFor(text)}'`,
		);
	}

	const {whole, path, operator, suffix} = groups;
	refuseUnknown(text, path);
	const unit = metricUnit(path);
	const factor = suffix === '' ? 1 : suffixFactor(suffix, unit);
	if (factor === undefined) {
		const allowed = suffixesOf(unit);
		throw new UserError(
			`--assert '${text}': ${path} has no unit '${suffix}'; ` +
				`${allowed === '' ? 'give a bare number' : `give one of ${allowed}, or a bare number`}`,
		);
	}

	const value = Number(groups.number) * factor;
	if (!Number.isFinite(value)) {
		throw new UserError(`--assert '${text}': ${groups.number} is too large for a number`);
	}

	return {
		text: text.trim(),
		whole: whole !== undefined,
		path,
		operator,
		value,
	};
}

/** Whether a claim holds of a value; nothing holds of what is not defined. */
export function holdsOf({operator, value}: Assertion, actual: number | null): boolean {
	return actual !== null && comparisons[operator](actual, value);
}

/** Values of the size that a metric of a unit has, with their suffix. */
const exampleValues: Readonly<Record<MetricUnit, string>> = {
	us: '5ms',
	'ms/s': '20ms/s',
	share: '5%',
	'/s': '1000/s',
	count: '1',
};

/** A claim about a metric, in its direction: `latency.p99 < 5ms`. */
export function assertionExample({path, better}: Pick<Metric, 'path' | 'better'>): string {
	return `${path} ${better === 'higher' ? '>' : '<'} ${exampleValues[metricUnit(path)]}`;
}

/** The example that is nearest to what was meant. */
function exampleFor(text: string): string {
	const [path] = text
		.trim()
		.replace(/^whole:\s*/v, '')
		.split(/[\s<=>!]/v, 1);
	const metric = metricOf(path);
	return metric === undefined ? 'latency.p99 < 5ms' : assertionExample({path, better: metric.better});
}

function isOperator(text: string | undefined): text is Operator {
	return text !== undefined && Object.hasOwn(comparisons, text);
}

/**
Why an assertion fails in a run, in one line; undefined when it holds.

@throws {UserError} when there is no such metric, or it is not defined in this run.
*/
export function failureOf(assertion: Assertion, report: Pick<RunReport, 'metrics' | 'stretches'>): string | undefined {
	const {whole, path, operator, value, text} = assertion;
	const measured = whole ? report.metrics : judgedMetrics(report);
	const actual = metricAt(measured, path);
	if (actual === undefined) {
		const near = nearest(path, metricPaths(measured).keys());
		throw new UserError(
			`--assert '${text}': this run has no ${path}${near === undefined ? '' : `; did you mean ${near}?`}`,
		);
	}

	if (actual === null) {
		throw new UserError(`--assert '${text}': ${path} is not defined in this run, so there is nothing to compare`);
	}

	return comparisons[operator](actual, value) ? undefined : `assertion failed: ${text} (it is ${actual})`;
}

/** Misspelt paths are found before the run, not after it. */
function refuseUnknown(text: string, path: string): void {
	if (metricOf(path) !== undefined) {
		return;
	}

	const known = metrics.map(metric => metric.path);
	const inside = known.find(name => name.startsWith(`${path}.`) || name.startsWith(`${path}[`));
	if (inside !== undefined) {
		throw new UserError(`--assert '${text}': ${path} is a group; name one of its metrics, for example ${inside}`);
	}

	const near = nearest(path, known);
	throw new UserError(
		`--assert '${text}': there is no metric ${path}${near === undefined ? '' : `; did you mean ${near}?`}`,
	);
}
