import process from 'node:process';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {buildCli, callCli, cliFile} from '../helpers/cli.js';
import {TestTerminal} from '../helpers/terminal.js';

const open: TestTerminal[] = [];

beforeAll(async () => {
	await buildCli();
}, 60_000);

afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.dispose();
	}
});

/** Keys from the first screen to the line, and how many they may be. */
const keys = ['4', '\r'];
const most = 5;

/** Who can keep one of the slowest commands, as the panel names him. */
const culprits = [
	['seed-2019-kick-under-lock', 'game|main loop|dequeue worker'],
	['spin-on-one-cpu', String.raw`xfer|tool|vCPU \d|dequeue worker|main loop`],
	['full-ring-rings', String.raw`main loop serves \d+ before it|main loop|uploader`],
	['fence-poll-120hz', 'GPU and fence poll'],
	['testbed', String.raw`other host load|flood|dequeue worker|vCPU \d|main loop`],
] as const;

const overview = /Where a command's time goes .* p99 [\d.]+/v;
const line = (culprit: string): RegExp => new RegExp(`│ culprit +(?:${culprit})[^│]*│`, 'v');

test('in a terminal, from "p99 is bad" to the line that names the culprit it is two keys', async () => {
	const [preset, culprit] = culprits[3];
	const terminal = new TestTerminal(process.execPath, [cliFile, preset, '--speed', 'max']);
	open.push(terminal);
	await terminal.until(overview);
	expect(keys.length).toBeLessThanOrEqual(most);
	terminal.write(keys[0]);
	await terminal.until(/│ p99 +(?:[\d.]+ +)?\d/v);
	terminal.write(keys[1]);
	await terminal.until('[3 timeline]');
	await terminal.until(line(culprit));
	await terminal.until(/slow command 1 of \d/v);
});

test.each(culprits)('%s: the same keys lead to its culprit', async (preset, culprit) => {
	const shown = async (...names: readonly string[]): Promise<string> => {
		const pressed = names.length === 0 ? [] : ['--keys', names.join(' ')];
		const {stdout} = await callCli(['snapshot', preset, '--at', '300ms', ...pressed]);
		return stdout;
	};

	expect(await shown()).toMatch(overview);
	const timeline = await shown('4', 'enter');
	expect(timeline).toContain('[3 timeline]');
	expect(timeline).toMatch(line(culprit));
	expect(timeline).toMatch(/slow command 1 of \d/v);
});
