import {expect, test} from 'vitest';
import {snapshotOf} from '../helpers/snapshot.js';

const sizes = ['60x18', '80x24', '120x36', '200x60'];
const seed = ['--view', 'latency', '--warmup', '10ms', '--at', '90ms'];
const change = ['--change', '50ms driver.lockPolicy=kick-after-unlock'];

const screens = [
	['the seed after a change', [...seed, ...change]],
	['a paced client', ['compositor-60hz', '--view', 'latency', '--at', '700ms']],
] as const;

test.each(screens.flatMap(([name, argv]) => sizes.map(size => ({name, argv, size}))))(
	'the latency of $name is what it was at $size',
	async ({argv, size}) => {
		const output = await snapshotOf([...argv, '--size', size]);
		expect(Math.max(...output.split('\n').map(line => line.length))).toBeLessThanOrEqual(Number.parseInt(size, 10));
		expect(output).toMatchSnapshot();
	},
);

test('i is the other scale, b takes the before away', async () => {
	const shown = await snapshotOf([...seed, ...change]);
	expect(shown).toContain('┄ · before');
	expect(shown).toContain('before → now');
	expect(shown).toContain('a bin');
	const pressed = await snapshotOf([...seed, ...change, '--keys', 'i b']);
	expect(pressed).toContain('log scale');
	expect(pressed).not.toContain('┄ · before');
	expect(pressed).not.toContain('before → now');
	expect(await snapshotOf([...seed, '--keys', 'b'])).toContain('no change has been made');
});

test('t tells commands apart by type, client and queue; the kinds add up', async () => {
	const preset = ['testbed', '--view', 'latency', '--warmup', '10ms', '--at', '60ms'];
	const all = /Life of a command ─+ n (?<count>[\d,]+)/v;
	const [types, clients, queues, none] = await Promise.all(
		['t', 't t', 't t t', 't t t t'].map(async keys => snapshotOf([...preset, '--keys', keys])),
	);
	expect(types).toMatch(/By command ─+ n [\d,]+ /v);
	expect(types).toMatch(/CREATE_2D|UNREF|ATTACH/v);
	expect(clients).toMatch(/By client ─+ n [\d,]+ /v);
	expect(clients).toMatch(/│ flood +[\d.]+ +[\d.]+ us/v);
	// The whole of a queue is what the histogram counts.
	expect(queues).toMatch(/By queue ─+ n [\d,]+ /v);
	expect(/By queue ─+ n (?<count>[\d,]+)/v.exec(queues)?.groups?.count).toBe(all.exec(queues)?.groups?.count);
	expect(queues).toMatch(/│ control +100.0 /v);
	expect(none).toContain('Mean of all');
	expect(await snapshotOf([...preset, '--size', '200x60'])).toContain('By command');
});

test('after a change a kind has its p99 of before, and the strip over time a mark', async () => {
	const shown = await snapshotOf([...seed, ...change, '--size', '200x60']);
	expect(shown).toMatch(/command +share % +p50 +p99 was +p99/v);
	expect(shown).toContain('Life over time');
	expect(shown).toMatch(/^│ +(?:-[\d.]+ m?s +)*▲ *(?:now)? *│$/mv);
	expect(shown).toMatch(/│ +to [\d.]+ us +[░▒▓█]/v);
});

test('a paced client has a line where the next frame is due', async () => {
	const late = await snapshotOf(['fence-poll-120hz', '--view', 'latency', '--at', '600ms']);
	expect(late).toContain('┆ due 8.33 ms, later 100.0 %');
	expect(late).toContain('▲due');
	expect(await snapshotOf(seed)).not.toContain('due');
});

test('Enter goes through the slowest commands in the timeline', async () => {
	const first = await snapshotOf([...seed, '--keys', 'enter']);
	expect(first).toContain('[3 timeline]');
	const second = await snapshotOf([...seed, '--keys', 'enter 4 enter']);
	const [one, two] = [first, second].map(
		screen => /slow command (?<rank>\d) of 8: \S+ (?<number>\d+), (?<took>[\d.]+) us/v.exec(screen)?.groups,
	);
	expect([one?.rank, two?.rank]).toEqual(['1', '2']);
	expect(one?.number).not.toBe(two?.number);
	expect(Number(one?.took)).toBeGreaterThanOrEqual(Number(two?.took));
});

test('help has its keys', async () => {
	const help = await snapshotOf([...seed, '--keys', '?']);
	expect(help).toContain('slowest commands, one by one');
	expect(help).toContain('log or linear');
	expect(help).toContain('before on, off');
});
