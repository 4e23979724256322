import {metricOf} from '../metrics/metric-table.js';
import {operators} from './preset.js';

/**
What a preset's question is answered with while it runs: `if` is `PATH OP NUMBER` in the metric's JSON unit,
`then` and `else` are texts in which `{path}` is a metric's and `{key}` a parameter's present value.
*/
export type Answer = {readonly if: string; readonly then: string; readonly else: string};

/** The parts of an answer's condition. */
export type Condition = {readonly path: string; readonly op: (typeof operators)[number]; readonly value: number};

const grammar = /^(?<path>\S+) (?<op><=|>=|==|<|>) (?<value>-?\d+(?:\.\d+)?)$/v;

/** Reads a condition; undefined when it is none. */
export function parseCondition(text: string): Condition | undefined {
	const groups = grammar.exec(text)?.groups;
	const op = operators.find(operator => operator === groups?.op);
	return groups === undefined || op === undefined || metricOf(groups.path) === undefined
		? undefined
		: {path: groups.path, op, value: Number(groups.value)};
}

const comparisons: Readonly<Record<Condition['op'], (a: number, b: number) => boolean>> = {
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b,
	'==': (a, b) => a === b,
};

/** The condition holds of a figure. */
export function holds({op, value}: Condition, figure: number): boolean {
	return comparisons[op](figure, value);
}
