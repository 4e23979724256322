import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {type Figure, overRounds} from './figure.js';

const cli = fileURLToPath(new URL('../distribution/cli.js', import.meta.url));

const points = 200;
/** As many of them. */
const plan = ['--axis', 'queue.size=16..8192*2', '--axis', 'device.fencePoll=1ms..20ms+1ms'];
const length = ['--for', '25ms', '--warmup', '5ms'];

/**
Pairs of measurements, one after the other: a machine that is busy with
something else is so for both.
*/
const rounds = 3;

/** Wall seconds of a sweep in a process of its own. */
async function timed(argv: readonly string[]): Promise<number> {
	const start = performance.now();
	const child = spawn(process.execPath, [cli, 'sweep', ...plan, ...length, '--quiet', ...argv], {stdio: 'ignore'});
	const status = await new Promise<number | null>(resolve => {
		child.on('exit', resolve);
	});
	if (status !== 0) {
		throw new Error(`vqlab sweep ${argv.join(' ')}: exit ${status}`);
	}

	return (performance.now() - start) / 1000;
}

/**
A sweep of 200 points on all cores, beside as many processes as cores, each with a part and one
worker. Points a second.
*/
export async function benchSweep(): Promise<readonly Figure[]> {
	const cores = availableParallelism();
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-bench-'));
	const file = (name: string): string => path.join(folder, name);
	const whole: number[] = [];
	const apart: number[] = [];
	try {
		for (let round = 0; round < rounds; round++) {
			// eslint-disable-next-line no-await-in-loop -- one after the other
			whole.push(points / (await timed(['--output', file(`one-${round}`)])));
			// eslint-disable-next-line no-await-in-loop -- one after the other
			const parts = await Promise.all(
				Array.from({length: cores}, async (_, index) =>
					timed([
						'--workers',
						'1',
						'--shard',
						`${index + 1}/${cores}`,
						'--output',
						file(`part-${round}-${index}`),
					]),
				),
			);
			// What all of them reach together, as if the first one to end went on.
			let rate = 0;
			for (const seconds of parts) {
				rate += points / cores / seconds;
			}

			apart.push(rate);
		}
	} finally {
		rmSync(folder, {recursive: true});
	}

	return [
		{
			name: `a sweep on ${cores} cores`,
			...overRounds(whole),
			unit: 'points/s',
			better: 'more',
			reference: {what: `${cores} processes`, value: overRounds(apart).value},
			goal: {of: 'ratio', bound: 0.9},
		},
	];
}
