import {expect, test} from 'vitest';
import {GuestRecording} from '../../../source/trace/recording/guest-recording.js';
import {LockWaits} from '../../../source/trace/recording/lock-waits.js';
import {readTrace} from '../../../source/trace/reader/read-trace.js';
import {exported} from '../../export/export-run.js';
import {sourceOf} from '../trace-lines.js';

const mark = {who: 'worker', holder: 'in_notify'};

test('a wait is from its mark to the mark of its end, by thread', () => {
	const waits = new LockWaits();
	waits.marked({pid: 1, time: 100}, mark);
	waits.marked({pid: 2, time: 150}, mark);
	expect([waits.taken(2, 170), waits.taken(1, 190), waits.taken(3, 200), waits.taken(1, 210)]).toEqual([
		20, 90, 0, 0,
	]);
	expect(waits.waits.map(({pid, start, end}) => [pid, start, end])).toEqual([
		[2, 150, 170],
		[1, 100, 190],
	]);
});

test('contention events count until there are marks', () => {
	const waits = new LockWaits();
	waits.contended(7, {pid: 7, work: null, time: 10});
	expect([waits.contentionEnded(7, 40), waits.contentionEnded(7, 50)]).toEqual([30, 0]);
	waits.contended(7, {pid: 7, work: null, time: 60});
	waits.marked({pid: 1, time: 70}, mark);
	expect(waits.contentionEnded(7, 80)).toBe(0);
	expect(waits.contentions).toHaveLength(1);
});

async function recorded(text: string): Promise<GuestRecording> {
	const guest = new GuestRecording();
	await readTrace(sourceOf(text), {
		onEvent(event) {
			guest.add(event);
		},
	});
	return guest;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

test("the kernel's contention events say what the driver's marks say: how long who waited, and whether for a doorbell", async () => {
	const marked = await exported('seed-2019-kick-under-lock', 'ftrace', ['duration=20ms', 'warmup=10ms']);
	const events = marked
		.replaceAll(/vgpu_lock: qlock_wait_begin: .*/gv, 'contention_begin: 00000000a1b2c3d4 (flags=SPIN)')
		.replaceAll(/vgpu_lock: qlock_wait_end: .*/gv, 'contention_end: 00000000a1b2c3d4 (ret=0)');
	const [byMarks, byEvents] = [await recorded(marked), await recorded(events)];
	const waits = (guest: GuestRecording) =>
		guest.waits.map(({who, start, end}) => [who, start, end]).toSorted((a, b) => Number(a[1]) - Number(b[1]));
	expect(byMarks.waits.length).toBeGreaterThan(100);
	expect(waits(byEvents)).toEqual(waits(byMarks));
	const onNotify = ({waits: all}: GuestRecording) =>
		all.filter(({holder}) => holder === 'in_notify').length / all.length;
	expect(Math.abs(onNotify(byEvents) - onNotify(byMarks))).toBeLessThan(0.05);
	for (const guest of [byMarks, byEvents]) {
		const ofWorker = guest.waits.filter(({who}) => who === 'worker');
		expect(sumOf(guest.runs.map(({lockWait}) => lockWait))).toBeGreaterThan(
			0.9 * sumOf(ofWorker.map(({start, end}) => end - start)),
		);
	}
});

test('of a doorbell whose return is not in the recording nobody is said to wait for it', async () => {
	const marked = await exported('seed-2019-kick-under-lock', 'ftrace', ['duration=20ms', 'warmup=10ms']);
	const events = marked
		.replaceAll(/vgpu_lock: qlock_wait_begin: .*/gv, 'contention_begin: 00000000a1b2c3d4 (flags=SPIN)')
		.replaceAll(/vgpu_lock: qlock_wait_end: .*/gv, 'contention_end: 00000000a1b2c3d4 (ret=0)')
		.replaceAll(/^.*: notify_out: .*\n/gmv, '');
	const {waits} = await recorded(events);
	expect(waits.length).toBeGreaterThan(100);
	expect(waits.filter(({holder}) => holder === 'in_notify')).toEqual([]);
});
