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

/** Presets where somebody waits for a lock, and who has it. */
test.each([
	['seed-2019-kick-under-lock', 'game'],
	['block-lock', 'fio-'],
	['full-ring-rings', 'uploader|dequeue worker'],
	['testbed', 'dequeue worker|flood'],
	['spin-on-one-cpu', 'xfer|dequeue worker|tool|[a-z]+'],
])('%s: from the first screen to the line that names the culprit it is two keys', async (preset, culprit) => {
	const terminal = new TestTerminal(process.execPath, [cliFile, preset, '--speed', '1:5']);
	open.push(terminal);
	await terminal.until('[1 overview]');
	await terminal.until(/t +0\.0[2-9]\d+ s|t +0\.[1-9]\d+ s/v);
	const keys = ['3', 'n'];
	expect(keys.length).toBeLessThanOrEqual(5);
	terminal.write(keys[0]);
	await terminal.until('[3 timeline]');
	terminal.write(keys[1]);
	await terminal.until(new RegExp(`│ culprit +(?:${culprit})[^│]+│`, 'v'));
	await terminal.until('Visited');
});
