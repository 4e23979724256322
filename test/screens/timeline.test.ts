import {expect, test} from 'vitest';
import {pausedDesk} from '../views/paused-desk.js';

const sizes = [
	[60, 18],
	[80, 24],
	[120, 36],
	[200, 60],
] as const;

/** Where they are paused, ns: the lost kick after its stall. */
const presets = [
	['seed-2019-kick-under-lock', 30_000_000],
	['ring-full', 30_000_000],
	['lost-kick', 330_000_000],
	['fence-poll-120hz', 60_000_000],
] as const;

test.each(presets)('the timeline of %s is what it was, at every size and in ASCII', (name, time) => {
	const desk = pausedDesk(name, time);
	for (const [columns, rows] of sizes) {
		const lines = desk.press(['3'], columns, rows);
		expect(lines).toHaveLength(rows - 1);
		expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
		expect(lines.map(line => line.trimEnd()).join('\n')).toMatchSnapshot(`${columns}x${rows}`);
		const ascii = desk.press([], columns, rows, true);
		expect(ascii.join('\n')).toMatch(/^[\n -~]*$/v);
		expect(ascii.map(line => line.length)).toEqual(lines.map(line => line.length));
	}

	expect(
		desk
			.press([], 120, 36, true)
			.map(line => line.trimEnd())
			.join('\n'),
	).toMatchSnapshot('120x36 ASCII');
});

test.each(presets)('the ring of %s is what it was, at every size and in ASCII', (name, time) => {
	const desk = pausedDesk(name, time);
	for (const [columns, rows] of sizes) {
		const lines = desk.press(['2'], columns, rows);
		expect(lines).toHaveLength(rows - 1);
		expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(columns);
		expect(lines.map(line => line.trimEnd()).join('\n')).toMatchSnapshot(`${columns}x${rows}`);
		const ascii = desk.press([], columns, rows, true);
		expect(ascii.join('\n')).toMatch(/^[\n -~]*$/v);
		expect(ascii.map(line => line.length)).toEqual(lines.map(line => line.length));
	}

	expect(
		desk
			.press([], 120, 36, true)
			.map(line => line.trimEnd())
			.join('\n'),
	).toMatchSnapshot('120x36 ASCII');
});

test('during a stall the ring view says who has not heard of what, and that nobody will tell', () => {
	const lines = pausedDesk('lost-kick', 330_000_000).press(['2']).join('\n');
	expect(lines).toContain('free 0 + in flight 64 = 64');
	expect(lines).toMatch(/host has seen (\d+) of \d+: asleep, no doorbell; avail_event \1 is passed/v);
	expect(lines).toContain('next add');
	expect(lines).toContain('has no room: A meets R');
	expect(lines).toMatch(/both sides sleep: [1-9]\d* submitter/v);
});
