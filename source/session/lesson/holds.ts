import {type DistributionSpec} from '../../engine/distribution.js';
import {type Condition, type Step} from '../../lessons/lesson.js';
import {type ParameterValue} from '../../parameters/configuration.js';
import {sameValue} from '../../parameters/value.js';
import {holds as figureHolds, parseCondition} from '../../presets/answer.js';

/** What a condition is asked of. */
export type Situation = {
	readonly setting: (key: string) => ParameterValue | undefined;
	/** A figure since the last change; null: not defined, or not settled. */
	readonly figure: (path: string) => number | null;
	/** Id of the view that is looked at. */
	readonly view: string;
	/** Ids of the commands that were carried out in this step. */
	readonly commands: ReadonlySet<string>;
	readonly isStalled: boolean;
	readonly isPaused: boolean;
	/** Time of the run, ns. */
	readonly now: number;
};

/**
What stands for a distribution where it is compared with a number: its centre; NaN where there is
none.
*/
function centre(spec: DistributionSpec): number {
	switch (spec.kind) {
		case 'const': {
			return spec.value;
		}

		case 'exp': {
			return spec.mean;
		}

		case 'lognormal': {
			return spec.median;
		}

		case 'uniform': {
			return (spec.low + spec.high) / 2;
		}

		case 'quantiles': {
			return Number.NaN;
		}
	}
}

function size(value: ParameterValue | undefined): number {
	return typeof value === 'object' ? centre(value) : typeof value === 'number' ? value : Number.NaN;
}

/** A condition of a lesson holds. */
export function holds(condition: Condition, situation: Situation): boolean {
	if ('setting' in condition) {
		const value = situation.setting(condition.setting);
		if ('is' in condition) {
			return value !== undefined && sameValue(value, condition.is);
		}

		return 'atLeast' in condition ? size(value) >= condition.atLeast : size(value) <= condition.atMost;
	}

	if ('metric' in condition) {
		const parsed = parseCondition(condition.metric);
		const figure = parsed === undefined ? null : situation.figure(parsed.path);
		return parsed !== undefined && figure !== null && figureHolds(parsed, figure);
	}

	if ('view' in condition) {
		return situation.view === condition.view;
	}

	if ('command' in condition) {
		return situation.commands.has(condition.command);
	}

	return 'stalled' in condition ? situation.isStalled === condition.stalled : situation.now >= condition.after;
}

/** A key that a step asks for has done its part already, and would take it back. */
export function isIdle(key: string, {done = []}: Step, situation: Situation | undefined): boolean {
	if (situation === undefined || key === 'space') {
		return situation?.isPaused === false;
	}

	const settings = done.filter(condition => 'setting' in condition);
	const isSet = settings.length > 0 && settings.every(condition => holds(condition, situation));
	return (key === 'left' || key === 'right') && isSet;
}
