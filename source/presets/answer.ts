import {metricOf} from '../metrics/metric-table.js';

/**
What a preset's question is answered with while it runs: `if` is `PATH OP NUMBER` in the
metric's JSON unit, `then` and `else` are texts in which `{path}` is a metric's and
`{key}` a parameter's present value.
*/
export type Answer = {readonly if: string; readonly then: string; readonly else: string};

const comparisons = {
	'<': (a: number, b: number) => a < b,
	'<=': (a: number, b: number) => a <= b,
	'>': (a: number, b: number) => a > b,
	'>=': (a: number, b: number) => a >= b,
	'==': (a: number, b: number) => a === b,
} as const;

/** The parts of an answer's condition. */
export type Condition = {readonly path: string; readonly op: keyof typeof comparisons; readonly value: number};

function isOperator(text: string | undefined): text is Condition['op'] {
	return text !== undefined && Object.hasOwn(comparisons, text);
}

const grammar = /^(?<path>\S+) (?<op><=|>=|==|<|>) (?<value>-?\d+(?:\.\d+)?)$/v;

/** Reads a condition; undefined when it is none. */
export function parseCondition(text: string): Condition | undefined {
	const groups = grammar.exec(text)?.groups;
	const op = groups?.op;
	return groups === undefined || !isOperator(op) || metricOf(groups.path) === undefined
		? undefined
		: {path: groups.path, op, value: Number(groups.value)};
}

/** The condition holds of a figure. */
export function holds({op, value}: Condition, figure: number): boolean {
	return comparisons[op](figure, value);
}
