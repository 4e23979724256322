import {quoted} from '../parameters/duration.js';
import {UserError} from '../errors/user-error.js';

/** Simulated seconds per wall second; Infinity is as fast as it goes. */
export type Speed = number;

export const fullSpeed: Speed = Infinity;
export const defaultSpeed: Speed = 1 / 10;

/** Wall seconds per simulated second of each step, slowest first; 0 stands for full speed. */
const ladder = [1_000_000, 100_000, 10_000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0] as const;

function toSpeed(step: number): Speed {
	return step === 0 ? fullSpeed : 1 / step;
}

/** The next faster step, or the same at the end. */
export function faster(speed: Speed): Speed {
	const step = ladder.find(candidate => toSpeed(candidate) > speed * 1.0001);
	return step === undefined ? speed : toSpeed(step);
}

/** The next slower step, or the same at the end. */
export function slower(speed: Speed): Speed {
	const step = ladder.findLast(candidate => toSpeed(candidate) < speed * 0.9999);
	return step === undefined ? speed : toSpeed(step);
}

/** Commands that a first verdict rests on, and the wall time that they may take, s. */
const verdictCommands = 200;
const verdictTime = 2;

/**
The default speed, or for a run of few commands a second the slowest at which
the first verdict stands soon.
*/
export function speedFor(commandsPerSecond: number): Speed {
	const needed = verdictCommands / Math.max(commandsPerSecond, 1) / verdictTime;
	return [defaultSpeed, 1 / 5, 1 / 2, 1, 2, 5, 10, 20, 50].find(speed => speed >= needed) ?? 100;
}

/** `1:10`, `1:1`, `2:1`, `max`. */
export function formatSpeed(speed: Speed): string {
	if (speed === fullSpeed) {
		return 'max';
	}

	if (speed > 1) {
		return `${Math.round(speed)}:1`;
	}

	const wall = Math.round(1 / speed);
	return wall >= 10_000 ? `1:${wall / 1000}k` : `1:${wall}`;
}

/** Reads `--speed`: `1:100` (simulated:wall) or `max`. Throws `UserError`. */
export function parseSpeed(text: string): Speed {
	if (text === 'max') {
		return fullSpeed;
	}

	const match = /^(\d{1,9}):(\d{1,9})(k?)$/v.exec(text.trim());
	const speed = match === null ? 0 : Number(match[1]) / (Number(match[2]) * (match[3] === 'k' ? 1000 : 1));
	if (!(speed > 0 && speed <= 1000)) {
		throw new UserError(`--speed: ${quoted(text)} is no speed: write simulated:wall, as in 1:100, or max`);
	}

	return speed;
}
