import {expect, test} from 'vitest';
import {snapshotOf} from '../helpers/snapshot.js';

const recording = 'test/fixtures/recordings/g00-base.txt.gz';
const change = ['--change', '300ms driver.lockPolicy=kick-after-unlock'];

/**
A golden file a view and subject, in `golden/`:
`npx vitest run -u test/screens/golden.test.ts` draws them anew.
*/
const screens: ReadonlyArray<readonly [file: string, argv: readonly string[]]> = [
	['overview.txt', ['--at', '460ms']],
	['overview-80-ascii.txt', ['--at', '460ms', '--size', '80x24', '--ascii']],
	['overview-change.txt', ['--at', '500ms', ...change]],
	['overview-stall.txt', ['lost-kick', '--size', '80x24']],
	['overview-help.txt', ['--at', '210ms', '--size', '80x24', '--keys', '?']],
	['overview-night.ansi', ['--at', '210ms', '--size', '80x24', '--to', 'ansi', '--theme', 'night']],
	['overview-no-color.ansi', ['--at', '210ms', '--size', '80x24', '--to', 'ansi', '--no-color']],
	['overview.svg', ['--at', '460ms', '--size', '80x24', '--to', 'svg']],
	['ring.txt', ['--at', '460ms', '--view', 'ring']],
	['timeline.txt', ['--at', '460ms', '--view', 'timeline']],
	['latency.txt', ['--at', '500ms', '--view', 'latency', ...change]],
	['compare.txt', ['--at', '600ms', '--view', 'compare', ...change]],
	['advice.txt', ['fence-poll-120hz', '--at', '300ms', '--view', 'advice']],
	['recording-overview.txt', [recording]],
	['recording-latency.txt', [recording, '--view', '4', '--size', '80x24']],
];

test.each(screens)('%s', async (file, argv) => {
	const warnings: string[] = [];
	const output = await snapshotOf(argv, warnings);
	expect(warnings).toEqual([]);
	await expect(output).toMatchFileSnapshot(`golden/${file}`);
});
