import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const cli = fileURLToPath(new URL('../distribution/cli.js', import.meta.url));

/** 200 points. */
const plan = ['--axis', 'queue.size=16..8192*2', '--axis', 'device.fencePoll=1ms..20ms+1ms'];
const length = ['--for', '50ms', '--warmup', '10ms'];

/**
Pairs of measurements, one after the other: a machine that is busy with
something else is so for both.
*/
const rounds = 5;

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
Prints how a sweep of 200 points on all cores compares with as many processes as cores,
each with a part and one worker.
*/
export async function benchSweep(): Promise<void> {
	const cores = availableParallelism();
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-bench-'));
	const file = (name: string): string => path.join(folder, name);
	const ratios: number[] = [];
	console.log(`\nsweep: 200 points of ${length.join(' ')}, ${cores} cores; wall s (build first)`);
	console.log('one sweep   processes   ratio');
	try {
		for (let round = 0; round < rounds; round++) {
			// eslint-disable-next-line no-await-in-loop -- one after the other
			const one = await timed(['--output', file(`one-${round}`)]);
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
				rate += 200 / cores / seconds;
			}

			const ratio = 200 / one / rate;
			ratios.push(ratio);
			console.log(
				`${one.toFixed(1).padStart(9)} ${parts
					.map(seconds => seconds.toFixed(1))
					.join(' ')
					.padStart(11)} ${ratio.toFixed(2).padStart(7)}`,
			);
		}
	} finally {
		rmSync(folder, {recursive: true});
	}

	console.log(
		`median ${ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)].toFixed(2)} of the processes (0.90 or more)`,
	);
}
