import {nearest} from '../../errors/nearest.js';
import {UserError} from '../../errors/user-error.js';
import {metricOf, metrics} from '../../metrics/metric-table.js';
import {metricUnit, suffixesOf, suffixFactor} from '../../metrics/metric-unit.js';
import {type Interval} from '../../statistics/interval.js';
import {type CompareRow, fewestPairs} from './comparison.js';

/** What a condition is about: (b - a) / a, b - a, or b. */
type Quantity = 'ratio' | 'difference' | 'value';

/** A condition under which a gate closes: `--fail-if`. */
export type Gate = {
	/** As it was written. */
	readonly text: string;
	readonly path: string;
	readonly operator: '<' | '>';
	readonly quantity: Quantity;
	/** A share for `ratio`, else in the metric's JSON unit. */
	readonly value: number;
};

export type GateOutcome = 'fails' | 'passes' | 'undecided';

const number = String.raw`(?<sign>[+\-])?(?<digits>(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+\-]?\d+)?)`;
const grammar = new RegExp(
	String.raw`^(?<path>[^\s<=>!]+)\s*(?<operator>[<>])\s*${number}\s*(?<suffix>[%\/A-Za-z]*)$`,
	'v',
);

/**
Reads `PATH < VALUE` or `PATH > VALUE`: a signed per cent is (b - a) / a, signed with a unit
or bare is b - a, unsigned is b.

@throws {UserError} when it is not of this form, there is no such metric, or the
unit is not one of the metric's.
*/
export function parseGate(text: string, flag = '--fail-if'): Gate {
	const groups = grammar.exec(text.trim())?.groups;
	if (groups === undefined) {
		throw new UserError(
			`${flag} '${text}' is not PATH < VALUE or PATH > VALUE, for example 'throughput.completed < -2%' or ` +
				"'latency.p99 > +50us'",
		);
	}

	const {path, operator, sign, digits, suffix} = groups;
	if (metricOf(path) === undefined) {
		const near = nearest(
			path,
			metrics.map(metric => metric.path),
		);
		throw new UserError(
			`${flag} '${text}': there is no metric ${path}${near === undefined ? '' : `; did you mean ${near}?`}`,
		);
	}

	const isRatio = sign !== undefined && suffix === '%';
	const unit = metricUnit(path);
	const factor = isRatio ? 0.01 : suffix === '' ? 1 : suffixFactor(suffix, unit);
	if (factor === undefined) {
		const allowed = suffixesOf(unit);
		throw new UserError(
			`${flag} '${text}': ${path} has no unit '${suffix}'; give a signed per cent (${path} ${operator} ` +
				`+2%), ${allowed === '' ? '' : `one of ${allowed}, `}or a bare number`,
		);
	}

	return {
		text: text.trim(),
		path,
		operator: operator === '<' ? '<' : '>',
		quantity: isRatio ? 'ratio' : sign === undefined ? 'value' : 'difference',
		value: Number(`${sign ?? ''}${digits}`) * factor,
	};
}

/** The interval that the condition is about; null when there is none yet. */
function intervalOf({quantity}: Gate, row: CompareRow): Interval | null {
	if (quantity === 'value') {
		return row.ofB;
	}

	const [low, high] =
		quantity === 'ratio'
			? [row.ratioLow === null ? null : row.ratioLow - 1, row.ratioHigh === null ? null : row.ratioHigh - 1]
			: [row.low, row.high];
	return low === null || high === null ? null : {low, high};
}

/** Fails when the interval lies inside the condition, passes when it lies outside. */
export function gateOutcome(gate: Gate, rows: readonly CompareRow[]): GateOutcome {
	const row = rows.find(({path}) => path === gate.path);
	const interval = row === undefined || row.n < fewestPairs ? null : intervalOf(gate, row);
	if (interval === null) {
		return 'undecided';
	}

	const {low, high} = interval;
	const [inside, outside] =
		gate.operator === '<' ? [high < gate.value, low >= gate.value] : [low > gate.value, high <= gate.value];
	return inside ? 'fails' : outside ? 'passes' : 'undecided';
}
