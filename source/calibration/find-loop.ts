/** Longest loop that is looked for. */
const longestLoop = 48;

/** Share of commands that must repeat the one a loop before. */
const likeness = 0.93;

/** A client's loop: types in order, and at which of the commands it begins. */
export type FoundLoop = {readonly types: readonly number[]; readonly start: number; readonly isExact: boolean};

/**
The shortest sequence of types that a client repeats. Without one, a stretch from the
middle that has the mix of the whole stands for it.
*/
export function findLoop(types: readonly number[]): FoundLoop {
	for (let period = 1; period <= Math.min(longestLoop, types.length / 2); period++) {
		let same = 0;
		for (let i = period; i < types.length; i++) {
			same += types[i] === types[i - period] ? 1 : 0;
		}

		if (same >= likeness * (types.length - period)) {
			return exactLoop(types, period);
		}
	}

	const length = Math.min(longestLoop, types.length);
	const start = Math.floor((types.length - length) / 2);
	return {types: types.slice(start, start + length), start, isExact: false};
}

/** The commonest run of that length, so that a slip at the start does not spoil it. */
function exactLoop(types: readonly number[], period: number): FoundLoop {
	const counts = new Map<string, {count: number; readonly start: number}>();
	for (let start = 0; start + period <= types.length; start += period) {
		const key = types.slice(start, start + period).join(' ');
		const seen = counts.get(key);
		if (seen === undefined) {
			counts.set(key, {count: 1, start});
		} else {
			seen.count++;
		}
	}

	let best = {count: 0, start: 0};
	for (const seen of counts.values()) {
		best = seen.count > best.count ? seen : best;
	}

	return {types: types.slice(best.start, best.start + period), start: best.start, isExact: true};
}
