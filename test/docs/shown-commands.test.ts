import {readFileSync} from 'node:fs';
import path from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {root} from '../../scripts/places.js';
import {Reader, shownCommands, shownPages, withoutWallTime, withOutputs} from '../../scripts/shown-commands.js';
import {buildCli} from '../helpers/cli.js';

beforeAll(async () => {
	await buildCli();
}, 60_000);

test.each(shownPages())('docs/%s: each command prints what the page shows: npm run outputs', name => {
	const commands = shownCommands(readFileSync(path.join(root, 'docs', name), 'utf8'));
	expect(commands.length).toBeGreaterThan(0);
	const reader = new Reader();
	try {
		for (const {command, output} of commands) {
			expect(withoutWallTime(reader.run(command)), command).toBe(withoutWallTime(output));
		}
	} finally {
		reader.dispose();
	}
});

test('the tutorial goes from a first run to a guest of its own and a report', () => {
	const commands = shownCommands(readFileSync(path.join(root, 'docs/tutorial.md'), 'utf8')).map(
		({command}) => command,
	);
	for (const verb of ['run', 'explain', 'compare', 'snapshot', 'calibrate', 'replay', 'presets new']) {
		expect(
			commands.some(command => command.startsWith(`vqlab ${verb} `)),
			verb,
		).toBe(true);
	}

	expect(commands.some(command => command.includes('--format html'))).toBe(true);
});

const page = '# A page\n\n```console\n$ echo a\na\n$ echo b \\\n    c\nb c\n```\n\n```sh\n$ not this\n```\n';

test('a page is read into commands with their outputs, and written again', () => {
	expect(shownCommands(page)).toEqual([
		{command: 'echo a', output: 'a\n'},
		{command: 'echo b \\\n    c', output: 'b c\n'},
	]);
	expect(withOutputs(page, ['x\n', ''])).toBe(page.replace('$ echo a\na', '$ echo a\nx').replace('\nb c\n', '\n'));
	expect(withoutWallTime('after 0.2 s warm-up in 1.94 s, 5 events')).toBe('after 0.2 s warm-up in … s, 5 events');
});
