import {expect, test} from 'vitest';
import {timelineOf} from '../../source/views/timeline/desk.js';
import {pausedDesk} from './paused-desk.js';

const ms = 1_000_000;
const seed = 'seed-2019-kick-under-lock';

/** The first line of the panel at the left that begins so. */
const lineOf = (lines: readonly string[], head: string): string =>
	lines
		.find(line => line.startsWith(`│ ${head} `))
		?.split('│')[1]
		?.trim() ?? '';

test.each([
	[seed, 'game (submitter, vCPU 0)'],
	['block-lock', 'fio-1 (submitter, vCPU 1)'],
	['fence-under-lock', 'tool (submitter, vCPU 1)'],
	['full-ring-rings', 'uploader (submitter, vCPU 0)'],
	['testbed', 'dequeue worker (kworker/1:0, vCPU 1)'],
])('from the overview of %s to the line that names the culprit, %s, it is two keys', (preset, culprit) => {
	const lines = pausedDesk(preset, 12 * ms).press(['3', 'n']);
	expect(lineOf(lines, 'culprit')).toBe(`culprit    ${culprit}`);
});

test('Enter goes along the blame to the root, and every place is visited: back and forward', () => {
	const {press, controller} = pausedDesk(seed, 12 * ms);
	const first = press(['3', 'n']);
	expect(lineOf(first, 'victim')).toBe('victim     dequeue worker (kworker/1:0, vCPU 1)');
	expect(first.join('\n')).toContain('holds ctrlq.qlock');
	const second = press(['enter']);
	expect(lineOf(second, 'victim')).toBe('victim     vCPU 0');
	expect(lineOf(second, 'culprit')).toBe('culprit    main loop');
	expect(controller.state.notice?.text).toContain('main loop: 3 commands');
	press(['enter']);
	expect(controller.state.notice?.text).toContain('the root: main loop');
	const desk = timelineOf(controller.subject);
	expect([desk.visits.all.length, desk.visits.at]).toEqual([2, 1]);
	expect(lineOf(press(['(']), 'victim')).toBe('victim     dequeue worker (kworker/1:0, vCPU 1)');
	press(['(']);
	expect(controller.state.notice?.text).toBe('this is the first place visited');
	expect(lineOf(press([')']), 'victim')).toBe('victim     vCPU 0');
});

test('n and N are each other undone, kind by kind', () => {
	const {press, controller} = pausedDesk(seed, 12 * ms);
	press(['3', 'n']);
	const desk = timelineOf(controller.subject);
	for (const kind of ['contention', 'IRQ']) {
		while (desk.kind !== kind) {
			press(['v']);
		}

		press(['n']);
		const {cursor} = desk;
		press(['n']);
		expect(desk.cursor).toBeGreaterThan(cursor);
		press(['N']);
		expect(desk.cursor).toBe(cursor);
	}

	while (desk.kind !== 'ring full') {
		press(['v']);
	}

	press(['n']);
	expect(controller.state.notice?.text).toBe('no later ring full in what is kept; v chooses another kind');
});

test('z and Z go from 1 us to 100 ms a column and back to the same place; < and > scroll', () => {
	const {press, controller} = pausedDesk(seed, 12 * ms);
	press(['3', 'n']);
	const desk = timelineOf(controller.subject);
	const {cursor} = desk;
	for (let step = 0; step < 15; step++) {
		controller.press('Z');
	}

	expect(desk.column).toBe(100 * ms);
	expect(press(['Z']).join('\n')).toContain('100 ms a column');
	for (let step = 0; step < 15; step++) {
		controller.press('z');
	}

	expect(desk.column).toBe(1000);
	expect(desk.cursor).toBe(cursor);
	const from = desk.from ?? 0;
	expect(cursor).toBeGreaterThanOrEqual(from);
	expect(cursor).toBeLessThan(from + desk.width * desk.column);
	press(['>', '<']);
	expect(desk.from).toBe(from);
	press(['right', 'right', 'left']);
	expect(desk.cursor).toBe(cursor + 1000);
});

test('c follows a command, ] goes along its edges in order, m measures', () => {
	const {press, controller} = pausedDesk(seed, 12 * ms);
	press(['3', 'n', 'c']);
	const desk = timelineOf(controller.subject);
	expect(desk.followed).toBeDefined();
	const number = desk.followed?.number ?? -1;
	expect(press([]).join('\n')).toContain(`cmd ${number} `);
	const edges: string[] = [];
	for (let step = 0; step < 12; step++) {
		controller.press(']');
		edges.push(controller.state.notice?.text.split(': ')[1] ?? '');
	}

	const last = edges.indexOf('responded');
	expect(last).toBeGreaterThan(0);
	expect(
		edges
			.slice(0, last)
			.every(edge => ['rung', 'delivered', 'popped', 'serviceStart', 'used', 'irq', 'reaped'].includes(edge)),
	).toBe(true);
	press(['m']);
	const lines = press(['right', 'right', 'right']);
	expect(lines.find(line => line.includes(' gap '))).toMatch(/├.*┤|[\d.]+ us/v);
	expect(press(['m']).some(line => line.includes(' gap '))).toBe(false);
});

test('a step says what it did, in the timeline as elsewhere', () => {
	const {press, controller} = pausedDesk(seed, 12 * ms);
	const said = new Set<string>();
	for (let step = 0; step < 60; step++) {
		controller.press('.');
		said.add(controller.state.notice?.text ?? '');
	}

	const all = [...said].join('\n');
	expect(all).toMatch(/adds a command: \d+ slots are free/v);
	expect(all).toMatch(/the host pops a command/v);
	expect(said).not.toContain('');
	press(['3']);
});
