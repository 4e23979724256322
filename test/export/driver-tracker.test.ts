import {expect, test} from 'vitest';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {lockRole} from '../../source/tracepoints/tracepoints.js';
import {DriverTracker} from '../../source/export/driver-tracker.js';

const control = 0;
const cursor = 1;

/** A tracker of four threads, and commands in the pool as [queue, fenced]. */
function trackerOf(commands: ReadonlyArray<readonly [number, boolean]> = []): DriverTracker {
	const simulation = new Simulation(configurationOf(loadPreset('seed-2019-kick-under-lock'), {}), 1);
	const {pool} = simulation.state;
	for (const [command, [queue, fenced]] of commands.entries()) {
		pool.queue[command] = queue;
		pool.fenced[command] = fenced ? 1 : 0;
	}

	return new DriverTracker(simulation, 4);
}

test('each queue numbers its own commands, and both share the fences', () => {
	const driver = trackerOf([[control, true], [cursor, false], [control, false], [control, true]]);
	const numbers = [0, 1, 2, 3].map(command => {
		const {seqno, fence} = driver.published(command % 2, command);
		return [seqno, fence];
	});
	expect(numbers).toEqual([[1, 1], [1, 0], [2, 0], [3, 2]]);
});

test('a command is under way until it is answered, and its place in the pool is used again', () => {
	const driver = trackerOf([[control, false], [control, true]]);
	driver.published(2, 0);
	driver.published(3, 1);
	driver.responded(0);
	expect(driver.command(0)).toBeUndefined();
	driver.published(2, 0);
	expect([...driver.live]).toEqual([
		{
			command: 1, queue: control, thread: 3, seqno: 2, fence: 1,
		},
		{
			command: 0, queue: control, thread: 2, seqno: 3, fence: 0,
		},
	]);
});

test('a waiter waits for what the holder was in when its first try failed', () => {
	const driver = trackerOf();
	driver.lockContended(3, control);
	expect(driver.waitedFor(3)).toBe('none');
	driver.lockAcquired(0, control, lockRole.submit);
	driver.lockContended(1, control);
	driver.doorbellStarted(0, control, false);
	driver.lockContended(2, control);
	driver.doorbellReturned(control);
	driver.lockContended(3, control);
	expect([0, 1, 2, 3].map(thread => driver.waitedFor(thread))).toEqual(['', 'submit', 'in_notify', 'submit']);
	driver.lockReleased(control);
	driver.lockAcquired(1, control, lockRole.worker);
	driver.lockContended(0, control);
	driver.lockContended(3, cursor);
	expect([0, 1, 2, 3].map(thread => driver.waitedFor(thread))).toEqual(['worker', '', 'in_notify', 'none']);
});

test('a doorbell is under the lock only when the holder of that lock rings it', () => {
	const driver = trackerOf();
	driver.lockAcquired(0, control, lockRole.notify);
	driver.doorbellStarted(1, control, false);
	expect(driver.ringsUnderLock(control)).toBe(false);
	driver.doorbellReturned(control);
	driver.doorbellStarted(0, cursor, false);
	expect(driver.ringsUnderLock(cursor)).toBe(false);
	driver.doorbellStarted(0, control, true);
	expect([driver.ringsUnderLock(control), driver.wasForced(control), driver.wasForced(cursor)]).toEqual([true, true, false]);
	driver.doorbellReturned(control);
	expect([driver.ringsUnderLock(control), driver.wasForced(control)]).toEqual([false, true]);
	driver.lockReleased(control);
	driver.doorbellStarted(0, control, false);
	expect([driver.ringsUnderLock(control), driver.wasForced(control)]).toEqual([false, false]);
});

test('another goes on from an image as if it had been told all, whatever became of the first', () => {
	const commands = [[control, true], [cursor, true], [control, true]] as const;
	const first = trackerOf(commands);
	first.published(0, 0);
	first.published(1, 1);
	first.lockAcquired(0, control, lockRole.submit);
	first.doorbellStarted(0, control, true);
	first.lockContended(2, control);
	const image = first.image();
	first.responded(0);
	first.lockReleased(control);
	first.doorbellReturned(control);
	first.lockAcquired(2, control, lockRole.worker);
	first.published(0, 2);

	const second = trackerOf(commands);
	second.published(3, 2);
	second.lockContended(1, cursor);
	second.restore(image);
	expect(second.image()).toEqual(image);
	expect(second.command(2)).toBeUndefined();
	expect([0, 1, 2].map(thread => second.waitedFor(thread))).toEqual(['', '', 'in_notify']);
	expect([second.ringsUnderLock(control), second.wasForced(control)]).toEqual([true, true]);
	expect(second.published(3, 2)).toMatchObject({seqno: 2, fence: 3});
	second.doorbellReturned(control);
	second.lockContended(3, control);
	expect(second.waitedFor(3)).toBe('submit');
});
