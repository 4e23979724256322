import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {headStartSuffix} from '../source/dashboard/head-starts.js';
import {TestTerminal} from '../test/helpers/terminal.js';
import {type Figure, overRounds} from './figure.js';

const cli = fileURLToPath(new URL('../distribution/cli.js', import.meta.url));
const rounds = 9;

function timed(command: readonly string[]): number {
	const start = performance.now();
	spawnSync(process.execPath, command, {stdio: 'ignore'});
	return performance.now() - start;
}

/** Nothing is provisional, every panel has its numbers, and the verdict stands. */
function isComplete({text}: TestTerminal): boolean {
	return text.includes('Parameters') && /mean \d/v.test(text) && !text.includes('~') && !text.includes('settling');
}

/** ms until there is a frame, and until there is a complete one; `cache`: where head starts are. */
async function firstFrames(cache: string): Promise<{readonly first: number; readonly complete: number}> {
	const start = performance.now();
	const terminal = new TestTerminal(process.execPath, [cli, 'seed-2019-kick-under-lock'], {
		columns: 120,
		rows: 40,
		environment: {XDG_CACHE_HOME: cache},
	});
	try {
		await terminal.until('Parameters');
		const first = performance.now() - start;
		await terminal.until(isComplete);
		return {first, complete: performance.now() - start};
	} finally {
		terminal.dispose();
	}
}

/**
Opens the dashboard until it has left its head start: one that was given up after a second leaves
how far it came, and the next goes on from there.
*/
async function leaveHeadStart(cache: string): Promise<void> {
	let left = 0;
	for (let sessions = 0; sessions < 9; sessions++) {
		const terminal = new TestTerminal(process.execPath, [cli, 'seed-2019-kick-under-lock'], {
			environment: {XDG_CACHE_HOME: cache},
		});
		await terminal.until(isComplete); // eslint-disable-line no-await-in-loop -- one stands on the other
		await setTimeout(3000); // eslint-disable-line no-await-in-loop -- it is written a second later
		terminal.dispose();
		const files = readdirSync(cache, {recursive: true}).map(name => path.join(cache, String(name)));
		const newest = Math.max(
			0,
			...files.filter(name => name.endsWith(headStartSuffix)).map(name => statSync(name).mtimeMs),
		);
		if (newest > 0 && newest === left) {
			return;
		}

		left = newest;
	}
}

/** How long the built program takes to start, beside Node itself. */
export async function benchStart(): Promise<readonly Figure[]> {
	const commands: ReadonlyArray<readonly [string, readonly string[], number | undefined]> = [
		['vqlab --help', [cli, '--help'], 40],
		['vqlab presets', [cli, 'presets'], 110],
		['vqlab run, 1 ms', [cli, 'run', '--for', '1ms', '--warmup', '0ms'], undefined],
	];
	const bare: number[] = [];
	const times = commands.map((): number[] => []);
	// The one that a package ships is no part of a build, and hides what a start without one takes.
	for (const name of readdirSync(path.dirname(cli)).filter(file => file.endsWith(headStartSuffix))) {
		rmSync(path.join(path.dirname(cli), name));
	}

	const cache = mkdtempSync(path.join(tmpdir(), 'vqlab-bench-'));
	await leaveHeadStart(cache);
	const first: number[] = [];
	const complete: number[] = [];
	const simulated: number[] = [];
	// In turns: what else the machine does meets all of them.
	for (let round = 0; round < rounds; round++) {
		bare.push(timed(['-e', '0']));
		for (const [index, [, command]] of commands.entries()) {
			times[index].push(timed(command));
		}

		const frames = await firstFrames(cache); // eslint-disable-line no-await-in-loop -- one after the other
		first.push(frames.first);
		complete.push(frames.complete);
		const none = path.join(cache, 'none', String(round));
		const slow = await firstFrames(none); // eslint-disable-line no-await-in-loop -- one after the other
		simulated.push(slow.complete);
	}

	rmSync(cache, {recursive: true});

	const reference = {what: 'node -e 0', value: overRounds(bare).value};
	const figure = (name: string, values: readonly number[], bound?: number, floor?: number): Figure => ({
		name,
		...overRounds(values),
		unit: 'ms',
		better: 'less',
		reference,
		...(bound === undefined
			? {}
			: {
					goal: {
						of: 'excess',
						bound,
						...(floor === undefined ? {} : {floor}),
						why: 'docs/performance.md, A start',
					},
				}),
	});
	return [
		...commands.map(([name, , bound], index) => figure(name, times[index], bound)),
		figure('first frame', first),
		figure('first complete frame', complete, 250, 300),
		figure('the same without a head start', simulated),
	];
}
