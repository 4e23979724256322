/** What a figure should be, and the reason where it is not. */
export type Goal = {
	/** The figure itself, its share of the reference, or what it is above the reference. */
	readonly of: 'value' | 'ratio' | 'excess';
	readonly bound: number;
	/** What an issue accepts, where that is less than the goal. */
	readonly floor?: number;
	/** Why it is missed, and what was tried. */
	readonly why?: string;
};

/** One number of the bench. */
export type Figure = {
	/** Unique in its section. */
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	readonly better: 'less' | 'more';
	/**
	Half the distance of the quartiles over the median, of the rounds that the value is the median
	of.
	*/
	readonly spread?: number;
	/** What was measured beside it, in the same run and unit. */
	readonly reference?: {readonly what: string; readonly value: number};
	readonly goal?: Goal;
};

export type Sections = Readonly<Record<string, readonly Figure[]>>;

/** What moves by less is noise, whatever the spread. */
const leastNoise = 0.05;

/** The median of rounds and their spread. */
export function overRounds(values: readonly number[]): {readonly value: number; readonly spread: number} {
	const sorted = values.toSorted((a, b) => a - b);
	const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
	const value = at(0.5);
	return {value, spread: value === 0 ? 0 : (at(0.75) - at(0.25)) / 2 / value};
}

/** Three digits that count. */
export function written(value: number): string {
	const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
	return value.toFixed(Math.min(digits, 4));
}

/** A figure as a line: value, spread, reference of the same run, goal. */
export function figureLine(figure: Figure): string {
	const {name, value, unit, spread, reference, goal} = figure;
	const cells = [
		name.padEnd(38),
		`${written(value).padStart(8)} ${unit}`.padEnd(26),
		(spread === undefined ? '' : `±${(100 * spread).toFixed(0)} %`).padEnd(7),
	];
	if (reference !== undefined) {
		cells.push(`${reference.what} ${written(reference.value)}, x${written(value / reference.value)}  `);
	}

	if (goal !== undefined) {
		cells.push(goalText(figure, goal));
	}

	return cells.join('').trimEnd();
}

function goalText(figure: Figure, {of, bound, floor, why}: Goal): string {
	const sign = figure.better === 'less' ? 'at most' : 'at least';
	const what = of === 'value' ? '' : of === 'ratio' ? ' of the reference' : ' above the reference';
	const reached = of === 'value' ? figure.value : beside(figure, of);
	const holds = (limit: number): boolean => (figure.better === 'less' ? reached <= limit : reached >= limit);
	const verdict = holds(bound)
		? 'met'
		: floor === undefined
			? 'MISSED'
			: holds(floor)
				? `missed, floor ${floor} met`
				: `MISSED, floor ${floor} too`;
	return `goal ${sign} ${bound}${what}: ${verdict}${holds(bound) || why === undefined ? '' : `: ${why}`}`;
}

function beside({value, reference}: Figure, of: 'ratio' | 'excess'): number {
	if (reference === undefined) {
		return Number.NaN;
	}

	return of === 'ratio' ? value / reference.value : value - reference.value;
}

/** What moved between two runs by more than the noise of both, a line each. */
export function moved(before: Sections, after: Sections): string[] {
	return Object.entries(after).flatMap(([section, figures]) =>
		figures.flatMap(figure => {
			const old = Object.hasOwn(before, section)
				? before[section].find(({name}) => name === figure.name)
				: undefined;
			if (old === undefined || old.value === 0) {
				return [];
			}

			// A reference that moved too says that the machine did.
			const scale = old.reference && figure.reference ? figure.reference.value / old.reference.value : 1;
			const factor = figure.value / (old.value * scale);
			const noise = Math.max(leastNoise, 2 * Math.hypot(old.spread ?? 0, figure.spread ?? 0));
			if (Math.abs(factor - 1) <= noise) {
				return [];
			}

			const isBetter = factor > 1 === (figure.better === 'more');
			return [
				`${isBetter ? 'better' : 'WORSE '}  ${section}: ${figure.name}  ${written(old.value)} -> ` +
					`${written(figure.value)} ${figure.unit} (x${factor.toFixed(2)}` +
					`${scale === 1 ? '' : ` beside the reference, itself x${scale.toFixed(2)}`})`,
			];
		}),
	);
}
