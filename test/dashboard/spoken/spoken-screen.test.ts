import {expect, test} from 'vitest';
import {SpokenScreen} from '../../../source/dashboard/spoken/spoken-screen.js';
import {type Snapshot} from '../../../source/session/caption.js';
import {canonical} from '../../screens/canonical.js';
import {runDesk, sessionOf, smallPreset} from '../../session/small-run.js';

function open() {
	let now = 0;
	const snapshots = {columns: 0, shown: canonical, take: () => snapshots.shown};
	const desk = runDesk(sessionOf(smallPreset('first', {'driver.lockPolicy': 'kick-under-lock'})), snapshots);
	const screen = new SpokenScreen({
		controller: desk.controller,
		capabilities: {unicode: true, color: 'none'},
		clock: () => now,
		size: {columns: 80, rows: 24},
	});
	return {
		...desk,
		screen,
		snapshots,
		/** What is said after so many ms of wall time. */
		after(milliseconds: number): readonly string[] {
			now += milliseconds;
			screen.refresh();
			return screen.takeSaid();
		},
		press(...keys: readonly string[]): readonly string[] {
			for (const name of keys) {
				screen.take({kind: 'key', name});
			}

			screen.refresh();
			return screen.takeSaid();
		},
	};
}

test('at first the whole summary is said, as text', () => {
	const said = open().screen.takeSaid();
	expect(said.join('\n')).toMatchInlineSnapshot(`
		"vqlab, seed-2019-kick-under-lock, qemu 2d, Linux to 5.4, seed 1
		running at 1:10
		Is the ring too small? 34 or more of 64 free: no
		verdict worker-spin: Dequeue worker spins 67.6 ms/s on ctrlq.qlock; 646 of its 832 waits/s meet a holder in its doorbell.
		try: driver.lockPolicy = kick-after-unlock: worker spin -98.7 %, throughput no difference [-1.0, +0.6 %]
		does not help: queue.size (34 or more of 64 free), host.cpus (nobody waits for one)
		Throughput 28.2k/s
		Contention 7.1 %
		IRQ rate 4.23k/s
		num_free 56.9
		Life, mean 296 us
		Worker spin 67.6 ms/s
		keys: ? lists them, Ctrl-L says all of this again, q quits"
	`);
	expect(said.join('')).toMatch(/^[ -~]*$/v);
});

test('figures that change are not said, another verdict is, at most every five seconds', () => {
	const {screen, snapshots, after} = open();
	screen.takeSaid();
	snapshots.shown = {...canonical, time: canonical.time + 1e9};
	expect(after(10_000)).toEqual([]);
	const verdict: Snapshot['caption']['verdict'] = {
		id: 'doorbell',
		severity: 'notice',
		text: 'Doorbells cost 12.7 us.',
		short: '',
	};
	snapshots.shown = {...canonical, verdict};
	expect(after(100)[0]).toBe('verdict doorbell: Doorbells cost 12.7 us.');
	snapshots.shown = canonical;
	expect(after(4000)).toEqual([]);
	expect(after(1100)[0]).toMatch(/^verdict worker-spin: /v);
	expect(after(10_000)).toEqual([]);
});

test('a key says what it changed, and no more', () => {
	const {screen, controller, press, after} = open();
	screen.takeSaid();
	expect(press('down')).toEqual(['queue size 64']);
	expect(press('right')).toEqual(['queue size: after a device reset', 'queue size 128']);
	expect(press('2')[0]).toMatch(/^view ring: /v);
	expect(press('1')[0]).toMatch(/^view overview: /v);
	expect(press('J')).toEqual(['J does nothing here: ? shows the keys']);
	expect(press('e')).toContain('new value _ now 128');
	expect(press('2', '5', '6')).toEqual(['new value 256_ now 128']);
	expect(press('enter')).toEqual(['queue size: after a device reset', 'queue size 256']);
	expect(press('p').join('\n')).toContain('> Title of first');
	expect(press('down').join('\n')).toContain('> Title of second');
	expect(press('esc')).toEqual(['closed']);
	expect(press('?').length).toBeGreaterThan(20);
	expect(press('esc')).toEqual(['closed']);
	expect(after(100)).toEqual([]);
	expect(press('C-l').length).toBeGreaterThan(8);
	expect(controller.state.overlay).toBeUndefined();
});

test('a lesson is said step by step', () => {
	const {screen, press} = open();
	screen.takeSaid();
	expect(press('L').join('\n')).toContain('> 1 Answer Gerd');
	expect(press('enter').join('\n')).toMatch(/lesson 1 of 5, Answer Gerd, step 1 of 6: July 2019/v);
	expect(press('enter').join('\n')).toMatch(/step 2 of 6/v);
});

test('no line has a frame or a control character', () => {
	const {screen, press} = open();
	const all = [...screen.takeSaid(), ...press('?'), ...press('esc', 'p'), ...press('esc', ':'), ...press('esc', 'x')];
	expect(all.join('')).toMatch(/^[ -~]*$/v);
	expect(all.join('')).not.toMatch(/={5}|-{5}|#{3}/v);
});
