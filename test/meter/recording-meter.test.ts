import fc from 'fast-check';
import {expect, test} from 'vitest';
import {recordingFigures, recordingValue} from '../../source/meter/figures.js';
import {RecordingMeter} from '../../source/meter/recording-meter.js';
import {readText} from './recorded.js';

const ms = 1_000_000;

/** Commands of 1 ms, one every 2 ms, from a time on. */
function feed(meter: RecordingMeter, from: number, count: number, key = 'c'): void {
	for (let i = 0; i < count; i++) {
		meter.published(from + 2 * i * ms, 0, `${key}${i}`, 0x1_04, 63);
		meter.responded(from + (2 * i + 1) * ms, 0, `${key}${i}`, 64, 'worker', false);
	}
}

/** Bytes behind a meter's windows and commands, about: arrays whole, all else a word each. */
function size(node: unknown, seen = new Set<unknown>()): number {
	if (typeof node !== 'object' || node === null || seen.has(node)) {
		return 8;
	}

	seen.add(node);
	if (ArrayBuffer.isView(node)) {
		return node.byteLength;
	}

	const parts: readonly unknown[] = node instanceof Map ? [...node].flat() : Object.values(node);
	return parts.reduce((sum: number, part) => sum + size(part, seen), 8);
}

test('memory is the same after 300,000 commands, and the newest are kept', () => {
	const meter = new RecordingMeter();
	const empty = size(meter);
	let before = 0;
	for (let i = 0; i < 300_000; i++) {
		meter.published((20_000 + i) * 50_000, 0, `c${i}`, 0x1_04, 63);
		meter.responded((20_000 + i) * 50_000 + 25_000, 0, `c${i}`, 64, 'worker', false);
		// A column is there from when its number is more than 0 at the end of a window:
		// the coarsest is of a second.
		before = i === 25_000 ? size(meter) : before;
	}

	expect(size(meter)).toBe(before);
	// Of the 25 columns the cursor queue's ten, waits, doorbells, interrupts and runs stay empty.
	expect(before - empty).toBeLessThan(12e6);
	expect(meter.commands.end - meter.commands.first).toBe(262_144);
	const [fine, middle, coarse] = meter.levels;
	expect(fine.end - fine.first).toBe(131_071);
	expect(middle.first).toBe(middle.start);
	expect(coarse.first).toBe(coarse.start);
	const {at, latency} = recordingFigures(meter, meter.start, meter.now + 1);
	expect(at('throughput.completed')).toBeCloseTo(20_000, -1);
	expect(latency).toMatchObject({count: 262_144, mean: 25});
});

test('commands and waits that never end do not pile up', () => {
	const meter = new RecordingMeter();
	for (let i = 0; i < 100_000; i++) {
		meter.published(i * 1000, 0, `c${i}`, 0x1_04, null);
		meter.waitBegun(i * 1000, `t${i}`, false, false);
		meter.workStarted(i * 1000, 0, `w${i}`);
	}

	expect(meter.inFlight(0)).toBe(65_536);
	meter.lost();
	expect(meter.inFlight(0)).toBe(0);
	feed(meter, 200 * ms, 10);
	const {at} = recordingFigures(meter, 200 * ms, 220 * ms);
	expect([at('lock.spin.worker'), at('lock.spin.submitter'), at('lock.contentionShare')]).toEqual([0, 0, 0]);
	expect(at('ring.inFlight.mean')).toBeCloseTo(0.5, 1);
});

test('a silence of hours costs nothing, and what holds in it is measured', () => {
	const meter = new RecordingMeter();
	feed(meter, 0, 10);
	meter.published(100 * ms, 0, 'long', 0x1_04, 60);
	const hours = 2 * 3_600_000 * ms;
	meter.responded(hours, 0, 'long', 64, 'worker', false);
	expect(recordingValue(meter, 'ring.numFree.mean', hours - 100 * ms, hours)).toBe(60);
	expect(recordingValue(meter, 'ring.inFlight.mean', hours - 10 * ms, hours)).toBe(1);
	expect(recordingFigures(meter, hours - ms, hours).at('ring.numFree.min')).toBe(60);
	expect(recordingFigures(meter, 0, hours + 1).latency).toMatchObject({count: 11, max: (hours - 100 * ms) / 1000});
});

test('an event that is late counts as now; a clock that was set back begins anew', () => {
	const meter = new RecordingMeter();
	feed(meter, 60_000 * ms, 5);
	meter.irq(60_001 * ms, 0);
	expect(meter).toMatchObject({late: 1, setBacks: 0, now: 60_009 * ms});
	feed(meter, 1000 * ms, 100, 'again');
	expect(meter).toMatchObject({setBacks: 1});
	expect(meter.now).toBe(1199 * ms);
	expect(recordingFigures(meter, 1100 * ms, 1200 * ms).at('throughput.completed')).toBeCloseTo(
		(50 * 1e9) / (99 * ms),
		6,
	);
});

test('a wait is counted by overlap, by who waits, and once for all who wait', () => {
	const meter = new RecordingMeter();
	meter.irq(0, 0);
	meter.waitBegun(10 * ms, 'worker', true, true);
	meter.waitBegun(15 * ms, 'a', false, false);
	meter.waitEnded(20 * ms, 'worker');
	meter.waitEnded(30 * ms, 'a');
	meter.pass(100 * ms);
	const {at} = recordingFigures(meter, 0, 100 * ms);
	expect(
		(
			[
				'spin.worker',
				'spin.submitter',
				'contended',
				'waits.workerOnNotify',
				'waits.submitterOther',
				'contentionShare',
			] as const
		).map(name => at(`lock.${name}`)),
	).toEqual([100, 150, 20, 10, 10, 0.2]);
	expect(recordingValue(meter, 'lock.spin.total', 10 * ms, 20 * ms)).toBe(1500);
	expect(recordingValue(meter, 'lock.spin.submitter', 20 * ms, 30 * ms)).toBe(1000);
});

test('the parts of a command follow interrupt, worker and lock, and a command of the middle of a run has none of them', () => {
	const meter = new RecordingMeter();
	meter.published(0, 0, 'a', 0x1_04, 63);
	meter.irq(5 * ms, 0);
	meter.workQueued(5 * ms, 0);
	meter.workStarted(7 * ms, 0, 'w');
	meter.waitBegun(7 * ms, 'w', true, true);
	meter.published(8 * ms, 0, 'b', 0x1_05, 62);
	meter.waitEnded(10 * ms, 'w');
	meter.responded(11 * ms, 0, 'a', 64, 'w', false);
	meter.responded(12 * ms, 0, 'b', 64, 'w', false);
	const {commands} = meter;
	expect([0, 1, 2, 3].map(stage => commands.stage(0, stage) / ms)).toEqual([5, 2, 3, 1]);
	expect([0, 1, 2, 3].map(stage => commands.stage(1, stage) / ms)).toEqual([0, 0, 3, 1]);
	expect(recordingFigures(meter, 0, 20 * ms).groups.map(({type, count}) => [type, count])).toEqual([
		[0x1_04, 1],
		[0x1_05, 1],
	]);
});

test('kernels without num_free and seqno, and without marks, show what they have', () => {
	const gpu = (what: string, at: string, fence: number) =>
		`  game-7 [000] ...1. 5.${at}: virtio_gpu_cmd_${what}: vdev=0 vq=0 name=control type=0x104 flags=0x0 ` +
		`fence_id=${fence} ctx_id=0`;
	const {meter} = readText(
		[
			gpu('queue', '000100', 0),
			gpu('queue', '000200', 0),
			'  game-7 [000] ..... 5.000300: contention_begin: 0000 (flags=SPIN)',
			'  game-7 [000] ..... 5.000400: contention_end: 0000 (ret=0)',
			'  other-9 [001] ..... 5.000300: contention_begin: 0000 (flags=SPIN)',
			'  other-9 [001] ..... 5.000900: contention_end: 0000 (ret=0)',
			gpu('response', '001100', 0),
			gpu('response', '001300', 0),
		].join('\n'),
	);
	const {latency, at, filled} = recordingFigures(meter, 0, meter.now + 1);
	expect(latency).toMatchObject({count: 2, mean: 1050, max: 1100});
	expect([at('ring.numFree.mean'), filled[0], at('kicks.perSecond'), at('ring.numFree.min')]).toEqual([
		null,
		null,
		null,
		null,
	]);
	expect(at('lock.spin.submitter')).toBeCloseTo((0.1 / 1.2) * 1000, 6);
	expect(at('lock.contended')).toBeCloseTo(1000 / 1.2, 6);
});

test('no order of events makes it throw or go back', () => {
	const event = fc.record({
		kind: fc.integer({min: 0, max: 8}),
		at: fc.integer({min: 0, max: 1e9}),
		queue: fc.integer({min: 0, max: 1}),
		key: fc.integer({min: 0, max: 5}),
		free: fc.option(fc.integer({min: 0, max: 64})),
	});
	const meters = new RecordingMeter();
	fc.assert(
		fc.property(fc.array(event, {maxLength: 60}), events => {
			const meter = meters;
			for (const {kind, at, queue, key, free} of events) {
				const thread = `t${key}`;
				const actions = [
					() => {
						meter.published(at, queue, thread, key, free);
					},
					() => {
						meter.responded(at, queue, thread, free, thread, key > 2);
					},
					() => {
						meter.kick(at, queue);
					},
					() => {
						meter.irq(at, queue);
					},
					() => {
						meter.workStarted(at, queue, thread);
					},
					() => {
						meter.workEnded(at, thread);
					},
					() => {
						meter.waitBegun(at, thread, key > 2, key > 3);
					},
					() => {
						meter.waitEnded(at, thread);
					},
					() => {
						meter.lost();
					},
				];
				actions[kind]();
			}

			const {latency, at} = recordingFigures(meter, Math.max(0, meter.start), meter.now + 1);
			expect(latency.count).toBeGreaterThanOrEqual(0);
			expect(at('ring.inFlight.mean')).toBeGreaterThanOrEqual(0);
			expect(at('lock.contentionShare') ?? 0).toBeLessThanOrEqual(1.000_001);
		}),
		{numRuns: 60},
	);
});
