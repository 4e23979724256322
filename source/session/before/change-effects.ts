import {type Change} from '../../parameters/configuration.js';
import {settledCommands} from '../../run/stretches.js';
import {differenceWord} from './difference-word.js';
import {type ChangeEffect, type FigureEffect} from './effect.js';
import {type ShadowRun} from './shadow-run.js';
import {type StretchFigures} from './stretch-figures.js';

/** A change of a run with the stretch that it ended, and the one that it is compared with. */
export type RecordedChange = Change & {
	readonly ended: StretchFigures;
	/** The last that says something: of changes in quick succession the one before the first. */
	readonly before: StretchFigures;
	/** The same run without the change, while it is not known whether they differ. */
	readonly shadow: ShadowRun | null;
};

function mean(values: readonly number[] | undefined): number | null {
	if (values === undefined || values.length === 0) {
		return null;
	}

	let sum = 0;
	for (const value of values) {
		sum += value;
	}

	return sum / values.length;
}

/** What lies between two stretches, figure by figure. */
export function effectsBetween(before: StretchFigures, after: StretchFigures): readonly FigureEffect[] {
	const isSettled = before.commands >= settledCommands && after.commands >= settledCommands;
	return Object.keys(before.slices).map(path => {
		const [a, b] = [before.slices[path], after.slices[path] ?? []];
		return {
			path,
			before: mean(a),
			after: mean(b),
			word: isSettled && a.length > 0 && b.length > 0 ? differenceWord(path, a, b) : null,
		};
	});
}

/**
The last changes with what each did until the next one, newest first;
`now` is the stretch under way.
*/
export function changeEffects(
	changes: readonly RecordedChange[],
	now: StretchFigures,
	count: number,
): readonly ChangeEffect[] {
	return changes
		.map(({at, set, before, shadow}, index) => ({
			at,
			set,
			figures: effectsBetween(before, changes[index + 1]?.ended ?? now),
			isSameRun: shadow?.isSame === true,
		}))
		.slice(-count)
		.toReversed();
}
