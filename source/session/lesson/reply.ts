import {type Step} from '../../lessons/lesson.js';
import {parameter} from '../../simulation/parameters/table.js';
import {holds, type Situation} from './holds.js';
import {wantedView} from './tour-place.js';

/** What the last command did, beside what the step asked for. */
export type Deed = {
	/** Keys of the parameters that it changed. */
	readonly changed: readonly string[];
	readonly hasMoved: boolean;
};

/** What is said of a command that a step did not ask for; undefined: nothing. */
export function replyTo(
	{wrong = [], done, parameter: wanted}: Step,
	situation: Situation,
	{changed, hasMoved}: Deed,
): string | undefined {
	const own = wrong.find(({if: condition}) => holds(condition, situation));
	if (own !== undefined) {
		return own.say;
	}

	if (changed.length > 0 && !changed.includes(wanted ?? '')) {
		const meant = wanted === undefined ? '' : `, and this is about ${parameter(wanted).label}`;
		return `That changed ${changed.map(key => parameter(key).label).join(', ')}${meant}: u takes it back.`;
	}

	const view = wantedView(done);
	return view !== undefined && hasMoved ? `This is the view ${situation.view}; the lesson means ${view}.` : undefined;
}
