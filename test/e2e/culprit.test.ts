import process from 'node:process';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {buildCli, cliFile} from '../helpers/cli.js';
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
test.each([
	['seed-2019-kick-under-lock', 'game|main loop|dequeue worker'],
	['spin-on-one-cpu', String.raw`xfer|tool|vCPU \d|dequeue worker|main loop`],
	['full-ring-rings', String.raw`main loop serves \d+ before it|main loop|uploader`],
	['fence-poll-120hz', 'GPU and fence poll'],
	['testbed', String.raw`other host load|flood|dequeue worker|vCPU \d|main loop`],
])('%s: from "p99 is bad" to the line that names the culprit it is two keys', async (preset, culprit) => {
	const terminal = new TestTerminal(process.execPath, [cliFile, preset, '--speed', 'max']);
	open.push(terminal);
	await terminal.until(/Where a command's time goes .* p99 [\d.]+/v);
	expect(keys.length).toBeLessThanOrEqual(most);
	terminal.write(keys[0]);
	await terminal.until(/│ p99 +(?:[\d.]+ +)?\d/v);
	terminal.write(keys[1]);
	await terminal.until('[3 timeline]');
	await terminal.until(new RegExp(`│ culprit +(?:${culprit})[^│]*│`, 'v'));
	await terminal.until(/slow command 1 of \d/v);
});
