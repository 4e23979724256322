import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as pass} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {TestTerminal} from '../test/helpers/terminal.js';
import {type Figure, overRounds} from './figure.js';
import {processorTime, residentMemory, wakeUps} from './process-time.js';

const cli = fileURLToPath(new URL('../distribution/cli.js', import.meta.url));
const frameWriter = fileURLToPath(new URL('reference/frame-writer.mjs', import.meta.url));
const size = {columns: 120, rows: 40};
const preset = 'seed-2019-kick-under-lock';
/** ms until the compiler has seen what there is, and rounds of measuring after that. */
const settling = 5000;
const round = 2500;
const rounds = 4;
/** ms after which a paused screen rests. */
const untilRest = 7000;
const presses = 40;
const endOfFrame = '\u001B[?2026l';

type Load = {
	readonly percent: readonly number[];
	readonly bytes: readonly number[];
	readonly rate: readonly number[];
	readonly wakeUps: number;
	readonly memory: number;
};

/** What a program on a terminal uses and writes, by rounds. */
async function loadOf(terminal: TestTerminal): Promise<Load> {
	const percent: number[] = [];
	const bytes: number[] = [];
	const rate: number[] = [];
	const sleeps = wakeUps(terminal.pid);
	for (let i = 0; i < rounds; i++) {
		const [begun, used, from] = [performance.now(), processorTime(terminal.pid), terminal.output.length];
		await pass(round); // eslint-disable-line no-await-in-loop -- rounds follow one another
		const seconds = (performance.now() - begun) / 1000;
		const written = terminal.output.slice(from);
		const frames = written.split(endOfFrame).length - 1;
		percent.push((100 * (processorTime(terminal.pid) - used)) / seconds);
		rate.push(frames / seconds);
		if (frames > 0) {
			bytes.push(Buffer.byteLength(written) / frames);
		}
	}

	const wall = (rounds * round) / 1000;
	return {
		percent,
		bytes,
		rate,
		wakeUps: (wakeUps(terminal.pid) - sleeps) / wall,
		memory: residentMemory(terminal.pid),
	};
}

/** ms from a key until the terminal shows what it does, at full speed. */
async function keyTimes(): Promise<number[]> {
	const terminal = new TestTerminal(process.execPath, [cli, preset, '--speed', 'max'], size);
	const times: number[] = [];
	try {
		await terminal.until('Parameters');
		await pass(settling);
		for (let i = 0; i < presses; i++) {
			const begun = performance.now();
			terminal.write(i % 2 === 0 ? '?' : '\u001B');
			// eslint-disable-next-line no-await-in-loop -- a key after another
			await terminal.until(({text}) => text.includes('╔ Help') === (i % 2 === 0));
			// The key that closes it is known only after a pause, so it is not counted.
			if (i % 2 === 0) {
				times.push(performance.now() - begun);
			}

			await pass(37); // eslint-disable-line no-await-in-loop
		}
	} finally {
		terminal.dispose();
	}

	return times;
}

function figures(what: string, {percent, bytes, rate}: Load, byHand: Load, isGoal: boolean): Figure[] {
	const goal = (of: Figure['goal']) => (isGoal && of !== undefined ? {goal: of} : {});
	const newer = Number(process.versions.node.split('.')[0]) >= 24;
	return [
		{
			name: `${what}: CPU, simulation included`,
			...overRounds(percent),
			unit: '% of a core',
			better: 'less',
			reference: {what: 'frames by hand', value: overRounds(byHand.percent).value},
			...goal({of: 'value', bound: newer ? 8 : 12, floor: 15, why: 'docs/performance.md, A frame'}),
		},
		{
			name: `${what}: written`,
			...overRounds(bytes),
			unit: 'bytes a frame',
			better: 'less',
			reference: {what: 'by hand', value: overRounds(byHand.bytes).value},
			...goal({of: 'value', bound: 1500, floor: 2500}),
		},
		{name: `${what}: frames`, ...overRounds(rate), unit: '/s', better: 'more'},
	];
}

async function measured(file: string, argv: readonly string[], ready: string, before = settling): Promise<Load> {
	const terminal = new TestTerminal(file, argv, size);
	try {
		await terminal.until(ready);
		await pass(before);
		return await loadOf(terminal);
	} finally {
		terminal.dispose();
	}
}

async function pausedLoad(): Promise<Load> {
	const terminal = new TestTerminal(process.execPath, [cli, preset, '--speed', '1:100'], size);
	try {
		await terminal.until('Parameters');
		terminal.write(' ');
		await terminal.until('paused');
		await pass(untilRest);
		return await loadOf(terminal);
	} finally {
		terminal.dispose();
	}
}

/** The built program on a terminal, beside frames that are written by hand and btop where it is. */
export async function benchDashboard(): Promise<readonly Figure[]> {
	if (!existsSync('/proc/self/stat')) {
		console.log('dashboard: not measured, for there is no /proc that tells of other processes');
		return [];
	}

	const byHand = await measured(process.execPath, [frameWriter], 'vqlab', 2000);
	const slow = await measured(process.execPath, [cli, preset, '--speed', '1:100'], 'Parameters');
	const scrolling = await measured(process.execPath, [cli, preset, '--speed', '1:1'], 'Parameters');
	const paused = await pausedLoad();
	const times = await keyTimes();
	const keys = times.toSorted((a, b) => a - b);
	const key = (share: number): number => keys[Math.round(share * (keys.length - 1))];
	const other: Figure[] = [];
	if (spawnSync('btop', ['--version']).status === 0) {
		const {percent} = await measured('btop', ['--update', '100'], 'cpu');
		other.push({name: 'btop, 10 a second', ...overRounds(percent), unit: '% of a core', better: 'less'});
	}

	return [
		...figures('1:100', slow, byHand, true),
		{name: '1:100: resident memory', value: slow.memory, unit: 'MB', better: 'less'},
		...figures('1:1', scrolling, byHand, false),
		{
			name: 'paused: CPU',
			...overRounds(paused.percent),
			unit: '% of a core',
			better: 'less',
			goal: {of: 'value', bound: 0},
		},
		{
			name: 'paused: wake-ups',
			value: paused.wakeUps,
			unit: '/s',
			better: 'less',
			goal: {of: 'value', bound: 0, floor: 1},
		},
		{name: 'key to cell, full speed, p50', value: key(0.5), unit: 'ms', better: 'less'},
		{
			name: 'key to cell, full speed, p90',
			value: key(0.9),
			unit: 'ms',
			better: 'less',
			goal: {of: 'value', bound: 50, floor: 60},
		},
		...other,
	];
}
