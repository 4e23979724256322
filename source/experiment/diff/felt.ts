import {stageNames, type StageName} from '../../metrics/metric-names.js';
import {type EventLog, type Life} from './event-log.js';
import {type Felt} from './report.js';

/** The slowest share of commands in which one is looked for. */
const slowest = 0.01;

/** A command that the difference is felt by, with its lives on both sides. */
export type FeltLife = {
	/** The side on which it is slower: 0 for a. */
	readonly side: 0 | 1;
	readonly lives: readonly [Life | null, Life | null];
	readonly stage: StageName | null;
	/** ns in that stage. */
	readonly inStage: readonly [number, number];
	/** The share of the commands of its side that are as slow. */
	readonly share: number;
};

const keyOf = ({thread, number}: Life): string => `${thread} ${number}`;
const latencyOf = ({due, end}: Life): number => (end ?? Infinity) - due;

/**
The first command among the slowest per cent of one side that is slower there than on the other
side, and owes most of what it is slower than the median to that; else the one that differs
most. Null when no command differs.
*/
export function feltCommand([a, b]: readonly [EventLog, EventLog]): FeltLife | null {
	const [left, right] = [a, b].map(log => new Map(log.ended.map(life => [keyOf(life), life])));
	const candidates = ([0, 1] as const).flatMap(side => {
		const [own, other, ended] = side === 0 ? [left, right, a.ended] : [right, left, b.ended];
		const sorted = ended.map(life => latencyOf(life)).toSorted((one, two) => one - two);
		const edge =
			sorted[Math.max(0, Math.floor(sorted.length * (1 - slowest)) - (sorted.length < 100 ? 1 : 0))] ?? 0;
		const median = sorted[sorted.length >> 1] ?? 0;
		return [...own.values()].flatMap(life => {
			const twin = other.get(keyOf(life));
			const excess = twin === undefined ? 0 : latencyOf(life) - latencyOf(twin);
			return twin === undefined || excess <= 0
				? []
				: [
						{
							side,
							life,
							twin,
							excess,
							isSlow: latencyOf(life) >= edge,
							isOwed: excess >= (latencyOf(life) - median) / 2,
							sorted,
						},
					];
		});
	});
	const byEnd = candidates.toSorted((one, two) => (one.life.end ?? 0) - (two.life.end ?? 0));
	const found =
		byEnd.find(({isSlow, isOwed}) => isSlow && isOwed) ??
		byEnd.find(({isSlow}) => isSlow) ??
		candidates.toSorted((one, two) => two.excess - one.excess).at(0);
	if (found === undefined) {
		return null;
	}

	const {side, life, twin, sorted} = found;
	const share = sorted.filter(latency => latency >= latencyOf(life)).length / sorted.length;
	const growth = stageNames.map((_, index) => life.stages[index] - twin.stages[index]);
	const at = growth.indexOf(Math.max(...growth));
	const pair = [life.stages[at], twin.stages[at]] as const;
	return {
		side,
		lives: side === 0 ? [life, twin] : [twin, life],
		stage: stageNames[at],
		inStage: side === 0 ? pair : [pair[1], pair[0]],
		share,
	};
}

/** A command that has its response on one side, and has none where that side stalls. */
export function unansweredCommand(logs: readonly [EventLog, EventLog], side: 0 | 1): FeltLife | null {
	const answered = logs[1 - side];
	const oldest = logs[side].open.toSorted((one, two) => one.due - two.due);
	const life = oldest.find(one => answered.ended.some(other => keyOf(other) === keyOf(one))) ?? oldest.at(0);
	if (life === undefined) {
		return null;
	}

	const twin = answered.ended.find(other => keyOf(other) === keyOf(life)) ?? null;
	return {
		side,
		lives: side === 0 ? [life, twin] : [twin, life],
		stage: null,
		inStage: [0, 0],
		share: 0,
	};
}

/** In the units of the report. */
export function feltOf(felt: FeltLife, thread: string): Felt {
	const {lives, stage, inStage, share} = felt;
	const life = lives[felt.side];
	const [a, b] = lives.map(one => (one?.end === null || one === null ? null : latencyOf(one) / 1000));
	return {
		command: `command ${life?.number ?? 0} of ${thread}`,
		stage,
		a: stage === null ? a : inStage[0] / 1000,
		b: stage === null ? b : inStage[1] / 1000,
		latency: {a, b},
		slowest: share,
	};
}
