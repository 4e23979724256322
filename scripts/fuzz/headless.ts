import {Pool} from '../../source/work/pool.js';
import {drawKind, workerFile} from '../tasks.js';

export type Finding = {readonly index: number; readonly fault: string};

export type HeadlessOptions = {
	readonly seed: number;
	readonly count: number;
	readonly onFinding: (finding: Finding) => void;
	readonly onProgress: (done: number) => void;
};

/** A draw that takes longer hangs, ms: the longest run is interrupted after 2 s. */
const patience = 60_000;
/** Draws that one thread makes: what they leave behind is not another's. */
const lifetime = 500;
/** MiB that the draws of one thread may keep. */
const memory = 600;

/**
A draw that was lost is made again by itself, with so many times the patience: on a machine that has
more to do a thread may wait for its turn.
*/
const secondPatience = 10;

/**
Makes so many draws without a terminal, several at once. A thread that dies or hangs at a draw, and
does so again at that draw alone, is a finding.
*/
export async function fuzzHeadless(
	{seed, count, onFinding, onProgress}: HeadlessOptions,
	workers: number,
): Promise<void> {
	let done = 0;
	const make = async (
		indices: readonly number[],
		room: {readonly workers: number; readonly patience: number},
		onLost: (index: number, reason: string) => void,
	): Promise<void> => {
		const pool = new Pool({
			file: workerFile,
			lifetime,
			memory,
			...room,
		});
		await pool.answers(
			drawKind,
			indices.map(index => ({seed, index})),
			{
				onDone(place, fault) {
					onProgress(++done);
					if (fault !== null) {
						onFinding({index: indices[place], fault});
					}
				},
				onLost(place, reason) {
					onLost(indices[place], reason);
					return reason;
				},
			},
		);
		await pool.close();
	};

	const lost: number[] = [];
	await make(
		Array.from({length: count}, (_, index) => index),
		{workers, patience},
		index => {
			lost.push(index);
		},
	);
	if (lost.length > 0) {
		await make(lost, {workers: 1, patience: secondPatience * patience}, (index, fault) => {
			onProgress(++done);
			onFinding({index, fault});
		});
	}
}
