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

/** Makes so many draws without a terminal, several at once. A thread that dies or hangs is a finding of the draw that it was at. */
export async function fuzzHeadless(
	{seed, count, onFinding, onProgress}: HeadlessOptions,
	workers: number,
): Promise<void> {
	const pool = new Pool({
		file: workerFile,
		workers,
		lifetime,
		patience,
		memory,
	});
	let done = 0;
	await pool.answers(
		drawKind,
		Array.from({length: count}, (_, index) => ({seed, index})),
		{
			onDone(index, fault) {
				onProgress(++done);
				if (fault !== null) {
					onFinding({index, fault});
				}
			},
			onLost(index, reason) {
				onProgress(++done);
				onFinding({index, fault: reason});
				return reason;
			},
		},
	);
	await pool.close();
}
