/**
The one way in which vqlab writes numbers: dashboard, reports and help use these
functions and no other. `null` (not defined) is written `-` everywhere.
*/

const suffixes = ['', 'k', 'M', 'G'] as const;

function threeDigits(value: number): string {
	const digits = value < 9.995 ? 2 : (value < 99.95 ? 1 : 0);
	return value.toFixed(digits);
}

/**
A count or a rate in three significant digits with an SI suffix: `646`, `7.18k`, `1.36M`.
Under 1 it has three decimals, exactly 0 is `0`, above 99G it is `>99G`.
*/
export function formatCount(value: number | null): string {
	if (value === null || Number.isNaN(value)) {
		return '-';
	}

	const sign = value < 0 ? '-' : '';
	let size = Math.abs(value);
	if (size === 0) {
		return '0';
	}

	if (size < 0.9995) {
		return sign + size.toFixed(3);
	}

	for (const suffix of suffixes) {
		if (size < 999.5) {
			return suffix === 'G' && size >= 99.5 ? `${sign}>99G` : sign + threeDigits(size) + suffix;
		}

		size /= 1000;
	}

	return `${sign}>99G`;
}

/** A count with all its digits, grouped from 1,000 up: `9,940`. For reports. */
export function formatGrouped(value: number): string {
	return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/gv, ',');
}

/** A share 0 to 1 as a percentage with one decimal and no sign for percent: `7.1`. */
export function formatShare(share: number | null): string {
	return share === null || Number.isNaN(share) ? '-' : (share * 100).toFixed(1);
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

/** A ratio as `x3.82`. */
export function formatRatio(ratio: number | null): string {
	return ratio === null || Number.isNaN(ratio) ? '-' : `x${formatCount(ratio)}`;
}

export type DurationUnit = 'ns' | 'us' | 'ms' | 's';

const unitSizes: Readonly<Record<DurationUnit, number>> = {
	ns: 1, us: 1e3, ms: 1e6, s: 1e9,
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

	const sign = value < 0 ? '-' : '';
	return `${sign}${threeDigits(Math.abs(value))} ${chosen}`;
}

/** Microseconds with one decimal, as stage tables write them: `99.0`. */
export function formatMicroseconds(microseconds: number | null): string {
	return microseconds === null || Number.isNaN(microseconds) ? '-' : microseconds.toFixed(1);
}

/** Milliseconds per second, as spinning and waiting are written: `67.6`, `3.2`. */
export function formatPerSecond(milliseconds: number | null): string {
	if (milliseconds === null || Number.isNaN(milliseconds)) {
		return '-';
	}

	return Math.abs(milliseconds) < 9.95 ? milliseconds.toFixed(1) : formatCount(milliseconds);
}

/** A simulated time (ns) as `3.482 s`; `fine` writes six decimals instead of three. */
export function formatTime(nanoseconds: number, fine = false): string {
	return `${(nanoseconds / 1e9).toFixed(fine ? 6 : 3)} s`;
}

/** The value with `~` before it while its window holds too few commands. */
export function formatSettling(text: string, settled: boolean): string {
	return settled ? text : `~${text}`;
}
