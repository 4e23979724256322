import {type Figure} from './fit-text.js';

/**
The one way in which vqlab writes numbers: dashboard, reports and help use these
functions and no other. `null` (not defined) is written `-` everywhere.
*/

const suffixes = ['', 'k', 'M', 'G'] as const;

/** So many significant digits (3 at most), and all that stand before the point. */
function withDigits(value: number, digits: number): string {
	const places = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
	return value.toFixed(Math.max(0, places - (3 - digits)));
}

/**
A count or a rate in three significant digits with an SI suffix: `646`, `7.18k`, `1.36M`.
Under 1 it has three decimals, exactly 0 is `0`, above 99G it is `>99G`.
*/
export function formatCount(value: number | null): string {
	return countWith(value, 3);
}

function countWith(value: number | null, digits: number): string {
	if (value === null || Number.isNaN(value)) {
		return '-';
	}

	const sign = value < 0 ? '-' : '';
	let size = Math.abs(value);
	if (size === 0) {
		return '0';
	}

	if (size < 0.9995) {
		return sign + size.toFixed(digits);
	}

	for (const suffix of suffixes) {
		if (size < 999.5) {
			return suffix === 'G' && size >= 99.5 ? `${sign}>99G` : sign + withDigits(size, digits) + suffix;
		}

		size /= 1000;
	}

	return `${sign}>99G`;
}

/** A count for a narrow cell: three digits, two, one; a shorter one never looks like nothing. */
export function countFigure(value: number | null): Figure {
	const [first, ...shorter] = [3, 2, 1].map(digits => countWith(value, digits));
	return [first, ...shorter.filter(form => /[1-9]/v.test(form))];
}

/** A count with all its digits where there is room, else in three. */
export function groupedFigure(value: number | null): Figure {
	return value === null || Number.isNaN(value) ? ['-'] : [formatGrouped(value), ...countFigure(value)];
}

/** Slots of a ring, a mean or a count: all digits from 1,000 up, three below. */
export function formatSlots(slots: number | null): string {
	return slots !== null && slots >= 999.5 ? formatGrouped(slots) : formatCount(slots);
}

/** Slots for a narrow cell. */
export function slotsFigure(slots: number | null): Figure {
	return [formatSlots(slots), ...countFigure(slots)];
}

/** A count with all its digits, grouped from 1,000 up: `9,940`. For reports. */
export function formatGrouped(value: number): string {
	return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/gv, ',');
}

/** A share 0 to 1 as a percentage with one decimal and no sign for percent: `7.1`. */
export function formatShare(share: number | null): string {
	return share === null || Number.isNaN(share) ? '-' : (share * 100).toFixed(1);
}

/** A share as a percentage for a narrow cell: one decimal, none, three digits with a suffix. */
export function shareFigure(share: number | null): Figure {
	return share === null || Number.isNaN(share) ? ['-'] : decimalFigure(share * 100);
}

/** One decimal; for a narrow cell none, or three digits with a suffix. */
function decimalFigure(value: number): Figure {
	const whole = value.toFixed(0);
	return [value.toFixed(1), ...(Number(whole) === 0 ? [] : [whole]), ...countFigure(value)];
}

/** A share 0 to 1 as `7.1 %`. */
export function formatPercent(share: number | null): string {
	return share === null || Number.isNaN(share) ? '-' : `${formatShare(share)} %`;
}

/** A relative difference as `-98.7 %` or `+0.6 %`; the sign is never left out. */
export function formatDifference(share: number | null): string {
	if (share === null || Number.isNaN(share)) {
		return '-';
	}

	return `${share < 0 ? '-' : '+'}${formatShare(Math.abs(share))} %`;
}

/** A relative difference for a narrow cell: one decimal, none, as a factor. */
export function differenceFigure(share: number | null): Figure {
	return share === null || Number.isNaN(share)
		? ['-']
		: [
				formatDifference(share),
				`${share < 0 ? '-' : '+'}${(Math.abs(share) * 100).toFixed(0)} %`,
				formatRatio(1 + share),
			];
}

/** A ratio as `x3.82`. */
export function formatRatio(ratio: number | null): string {
	return ratio === null || Number.isNaN(ratio) ? '-' : `x${formatCount(ratio)}`;
}

export type DurationUnit = 'ns' | 'us' | 'ms' | 's';

const unitSizes: Readonly<Record<DurationUnit, number>> = {
	ns: 1,
	us: 1e3,
	ms: 1e6,
	s: 1e9,
};
const units: readonly DurationUnit[] = ['ns', 'us', 'ms', 's'];

/**
The unit in which a duration (ns) is written. With `previous` the unit is left only
when the value is 5 % beyond it, so that a live number does not flicker between
`999 us` and `1.00 ms`.
*/
export function durationUnit(nanoseconds: number, previous?: DurationUnit): DurationUnit {
	const size = Math.abs(nanoseconds);
	const natural = units.find(unit => size / unitSizes[unit] < 999.5) ?? 's';
	if (previous === undefined || natural === previous) {
		return natural;
	}

	const inPrevious = size / unitSizes[previous];
	return inPrevious >= 0.95 && inPrevious < 999.5 * 1.05 ? previous : natural;
}

/** A duration (ns) in three significant digits: `843 us`, `1.15 ms`, `2.00 s`. */
export function formatDuration(nanoseconds: number | null, unit?: DurationUnit): string {
	if (nanoseconds === null || Number.isNaN(nanoseconds)) {
		return '-';
	}

	const chosen = unit ?? durationUnit(nanoseconds);
	const value = nanoseconds / unitSizes[chosen];
	if (value === 0) {
		return `0 ${chosen}`;
	}

	return `${countOrDigits(value, 3)} ${chosen}`;
}

function countOrDigits(value: number, digits: number): string {
	const size = Math.abs(value);
	return size < 999.5 ? (value < 0 ? '-' : '') + withDigits(size, digits) : countWith(value, digits);
}

/** A duration (ns) for a narrow cell: three digits, two, one. */
export function durationFigure(nanoseconds: number | null): Figure {
	if (nanoseconds === null || Number.isNaN(nanoseconds) || nanoseconds === 0) {
		return [formatDuration(nanoseconds)];
	}

	const unit = durationUnit(nanoseconds);
	const [first, ...shorter] = [3, 2, 1].map(
		digits => `${countOrDigits(nanoseconds / unitSizes[unit], digits)} ${unit}`,
	);
	return [first, ...shorter.filter(form => /[1-9]/v.test(form))];
}

/** Microseconds with one decimal, as stage tables write them: `99.0`. */
export function formatMicroseconds(microseconds: number | null): string {
	return microseconds === null || Number.isNaN(microseconds) ? '-' : microseconds.toFixed(1);
}

/** Microseconds for a narrow cell. */
export function microsecondsFigure(microseconds: number | null): Figure {
	return microseconds === null || Number.isNaN(microseconds) ? ['-'] : decimalFigure(microseconds);
}

/** Milliseconds per second, as spinning and waiting are written: `67.6`, `3.2`. */
export function formatPerSecond(milliseconds: number | null): string {
	if (milliseconds === null || Number.isNaN(milliseconds)) {
		return '-';
	}

	return Math.abs(milliseconds) < 9.95 ? milliseconds.toFixed(1) : formatCount(milliseconds);
}

/** Milliseconds per second for a narrow cell. */
export function perSecondFigure(milliseconds: number | null): Figure {
	return [formatPerSecond(milliseconds), ...countFigure(milliseconds)];
}

/**
A simulated time (ns) in seconds, without the unit: `3.482`; `fine` writes
six decimals instead of three.
*/
export function formatSeconds(nanoseconds: number, fine = false): string {
	return (nanoseconds / 1e9).toFixed(fine ? 6 : 3);
}

/** The same with the unit: `3.482 s`. */
export function formatTime(nanoseconds: number, fine = false): string {
	return `${formatSeconds(nanoseconds, fine)} s`;
}

/** The value with `~` before it while its window holds too few commands. */
export function formatSettling(text: string, settled: boolean): string {
	return settled ? text : `~${text}`;
}
