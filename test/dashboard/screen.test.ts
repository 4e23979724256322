import {expect, test} from 'vitest';
import {DeskScreen} from '../../source/dashboard/screen.js';
import {type OverviewSnapshot} from '../../source/session/snapshot.js';
import {recordedDesk} from '../session/recorded-desk.js';
import {runDesk, sessionOf, smallPreset} from '../session/small-run.js';
import {canonical} from '../screens/canonical.js';

function open(): {screen: DeskScreen; snapshots: {columns: number; shown: OverviewSnapshot}; frames: () => number} {
	const snapshots = {
		columns: 0,
		shown: canonical,
		take() {
			return snapshots.shown;
		},
	};
	const {controller} = runDesk(sessionOf(smallPreset('first')), snapshots);
	const screen = new DeskScreen({
		controller,
		capabilities: {unicode: true, color: '16'},
		clock: () => 0,
		size: {columns: 120, rows: 36},
	});
	let count = 0;
	screen.subscribe(() => {
		count++;
	});
	return {screen, snapshots, frames: () => count};
}

test('there is no frame when nothing visible has changed', () => {
	const {screen, snapshots, frames} = open();
	expect(screen.refresh()).toBe(false);
	snapshots.shown = {...canonical, time: canonical.time + 400_000};
	expect(screen.refresh()).toBe(false);
	snapshots.shown = {...canonical, time: canonical.time + 1_000_000};
	expect(screen.refresh()).toBe(true);
	expect(frames()).toBe(1);
});

test('new readings are a frame, the same ones are none', () => {
	const {screen, snapshots, frames} = open();
	const queues = canonical.readings.queues.map(queue => ({...queue}));
	snapshots.shown = {...canonical, readings: {...canonical.readings, queues}};
	screen.refresh();
	expect(frames()).toBe(0);
	snapshots.shown = {
		...canonical,
		readings: {...canonical.readings, queues: queues.map(queue => ({...queue, perSecond: 5}))},
	};
	screen.refresh();
	expect(frames()).toBe(1);
});

test('a key is seen at once', () => {
	const {screen, frames} = open();
	screen.press('?');
	expect(frames()).toBe(1);
	expect(screen.frame.rows.join('\n')).toContain('Help');
	expect(screen.frame.cover).toBeDefined();
});

test('the charts get as many values as they have room for', () => {
	const {screen, snapshots} = open();
	expect(snapshots.columns).toBe(35);
	screen.resize({columns: 200, rows: 60});
	expect(snapshots.columns).toBe(87);
	expect(screen.frame.rows).toHaveLength(59);
	screen.resize({columns: 20, rows: 5});
	expect(screen.tooSmall).toBe(true);
});

test('every size of terminal has a frame of its size', () => {
	const {screen} = open();
	for (let columns = 1; columns <= 240; columns += 7) {
		for (let rows = 1; rows <= 70; rows += 3) {
			screen.resize({columns, rows});
			expect(screen.frame.rows).toHaveLength(Math.max(1, rows - 1));
			expect(screen.frame.width).toBe(columns);
		}
	}
});

test('the key of a view that the subject cannot feed says what is missing', async () => {
	const {controller} = await recordedDesk('base_flood1_p2');
	const screen = new DeskScreen({
		controller,
		capabilities: {unicode: true, color: '16'},
		clock: () => 0,
		size: {columns: 120, rows: 36},
	});
	screen.press('2');
	expect(screen.frame.rows.at(-1)).toContain('ring: this recording cannot show the slots');
	expect(screen.frame.rows[1]).not.toContain('ring');
});
