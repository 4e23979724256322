import {type ParameterValue} from '../parameters/configuration.js';
import {type MetricExpectation} from '../presets/preset.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';

/** Something that holds of a desk or not. */
export type Condition =
	/** A parameter of the run has this value, or one at least or at most so large (numbers, ns). */
	| {readonly setting: string; readonly is: ParameterValue}
	| {readonly setting: string; readonly atLeast: number}
	| {readonly setting: string; readonly atMost: number}
	/**
	A figure since the last change, once it is settled: `PATH OP NUMBER`, as in the answers of
	presets.
	*/
	| {readonly metric: string}
	/** A view is looked at, by its id. */
	| {readonly view: string}
	/** A command was carried out in this step, by its id. */
	| {readonly command: string}
	/** The run has stalled, or not. */
	| {readonly stalled: boolean}
	/** The run's time, ns. */
	| {readonly after: number};

/** What is said when something was done that the step did not ask for. */
export type Reply = {readonly if: Condition; readonly say: string};

/**
A step of a lesson. In its texts `{PATH}` is a figure of the run as it is, `{was PATH}` the same
figure as it was before the last step that something was tried in, `{KEY}` a parameter's value. A
text has room for 165 characters, so that it can be read on the smallest screen.
*/
export type Step = {
	readonly text: string;
	/** Id of the view that the step begins in. */
	readonly view?: string;
	/** The panel that it points at, by the first words of its title. */
	readonly panel?: string;
	/** The parameter that the cursor goes to. */
	readonly parameter?: string;
	/** The run begins anew with the lesson's preset, at t = 0 and paused; again when it stalls. */
	readonly anew?: boolean;
	/** Keys that do what is asked for, by their names; Enter presses what is left of them. */
	readonly tries?: readonly string[];
	/** It is done when all of these hold. Without: with Enter. */
	readonly done?: readonly Condition[];
	/** Of what was tried the first reply whose condition holds. */
	readonly wrong?: readonly Reply[];
	/** What the step leaves set, for a lesson that is resumed behind it. */
	readonly set?: GivenParameters;
};

/** What a lesson teaches, as a figure that runs can deny. */
export type LessonClaim = {
	/** The sentence that rests on it. */
	readonly says: string;
	/** It is about what the lesson shows, or says that a wrong key does not give it. */
	readonly about: 'result' | 'wrong key';
	/** In force in both runs of `expect`, beside the preset. */
	readonly given?: GivenParameters;
	readonly expect: MetricExpectation;
};

/** A tour of an incident. */
export type Lesson = {
	/** Progress is kept by it. */
	readonly id: string;
	readonly title: string;
	/** Name of the preset that it runs. */
	readonly preset: string;
	readonly steps: readonly Step[];
	/** The last words, beside those of the lesson that comes next. */
	readonly end: string;
	readonly claims: readonly LessonClaim[];
};
