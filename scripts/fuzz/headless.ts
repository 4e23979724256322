import {fork} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {type Answer, type Order} from './worker.js';

export type Finding = {readonly index: number; readonly fault: string};

export type HeadlessOptions = {
	readonly seed: number;
	readonly count: number;
	readonly onFinding: (finding: Finding) => void;
	readonly onProgress: (done: number) => void;
};

/** A draw that takes longer hangs, ms: the longest run is interrupted after 2 s. */
const patience = 60_000;
/** Draws that one process makes: what one leaves behind is not another's. */
const batch = 500;

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Makes a batch in a child process; the draw that the next one begins with. A child that dies or hangs is a finding of the draw that it was at. */
async function makeBatch({seed, from, to}: Order, {onFinding, onProgress}: HeadlessOptions): Promise<number> {
	return new Promise(resolve => {
		const child = fork(worker, {execArgv: ['--import', 'tsx', '--max-old-space-size=600'], stdio: ['ignore', 'ignore', 'pipe', 'ipc']});
		let at = from;
		let isHanging = false;
		let errors = '';
		child.stderr?.on('data', (data: Uint8Array) => {
			errors = (errors + new TextDecoder().decode(data)).slice(-3000);
		});
		const stop = (): void => {
			isHanging = true;
			child.kill('SIGKILL');
		};

		// The first answer also waits for the program to be compiled, on whatever machine.
		let timer = setTimeout(stop, 10 * patience);
		child.on('message', (answer: Answer) => {
			clearTimeout(timer);
			timer = setTimeout(stop, patience);
			if ('begun' in answer) {
				at = answer.begun;
				return;
			}

			at = answer.ended + 1;
			onProgress(at);
			if (answer.fault !== undefined) {
				onFinding({index: answer.ended, fault: answer.fault});
			}
		});
		child.on('exit', (code, signal) => {
			clearTimeout(timer);
			if (at < to) {
				onFinding({index: at, fault: isHanging ? `it hangs for ${patience / 1000} s` : `the process ends with ${code ?? signal}: ${errors}`});
				at++;
			}

			resolve(at);
		});
		child.send({seed, from, to} satisfies Order);
	});
}

/** Makes so many draws without a terminal, several processes at once. */
export async function fuzzHeadless(options: HeadlessOptions, workers: number): Promise<void> {
	const {seed, count} = options;
	let next = 0;
	let done = 0;
	const onProgress = (): void => {
		done++;
		options.onProgress(done);
	};

	await Promise.all(Array.from({length: workers}, async () => {
		while (next < count) {
			const to = Math.min(count, next + batch);
			let from = next;
			next = to;
			while (from < to) {
				from = await makeBatch({seed, from, to}, {...options, onProgress}); // eslint-disable-line no-await-in-loop -- a worker makes one batch after the other
			}
		}
	}));
}
