import {expect, test} from 'vitest';
import {
	client,
	configurationOf,
	constant,
	loopStep,
	ms,
	type Settings,
	times,
	us,
} from '../helpers/model-configuration.js';
import {logged, type ModelLog} from '../helpers/model-log.js';

/** A ring of 4 slots and a client that wants to add 6 commands before the host has popped one. */
function overfill(set: Settings, fenced = false): ModelLog {
	const configuration = configurationOf(
		{
			'queue.size': 4,
			'guest.cost.prepare': 100,
			'guest.cost.add': 100,
			...set,
		},
		[
			client({
				loop: [loopStep({commands: times(6, 'RESOURCE_CREATE_2D'), fenced, objects: fenced ? 1 : 0})],
				think: constant(10 * ms),
			}),
		],
	);
	return logged(configuration, 5 * ms).log;
}

/**
What the submitter did from its first refusal to its next try, and how
many slots were free at that try.
*/
function refusal(log: ModelLog): {readonly steps: string[]; readonly freeBefore: number; readonly freeAtRetry: number} {
	const {entries} = log;
	const from = entries.findIndex(({point}) => point === 'noRoom');
	const to = entries.findIndex(
		({point, actor, value}, index) => index > from && point === 'lockCalled' && actor === 0 && value === 0,
	);
	const steps = entries
		.slice(from, to)
		.filter(
			({point, actor}) =>
				actor === 0 &&
				[
					'noRoom',
					'doorbellStarted',
					'doorbellReturned',
					'lockReleased',
					'lockCalled',
					'kickPrepared',
					'roomWait',
					'busyError',
				].includes(point),
		)
		.map(({point, value}) => (point === 'doorbellStarted' && value % 2 === 1 ? 'forced doorbell' : point));
	const free = (end: number): number =>
		entries.slice(0, end).findLast(({point}) => point === 'reaped' || point === 'published')?.value ?? 4;
	return {steps, freeBefore: free(from), freeAtRetry: free(to)};
}

test('check-first, batched: unlock, explicit notify, sleep until the slots that the command needs are free', () => {
	const log = overfill({'driver.lockPolicy': 'kick-batched', 'driver.roomRule': 'check-first'});
	const {steps, freeBefore, freeAtRetry} = refusal(log);
	expect(steps).toEqual([
		'noRoom',
		'lockReleased',
		'lockCalled',
		'kickPrepared',
		'lockReleased',
		'doorbellStarted',
		'doorbellReturned',
		'roomWait',
	]);
	expect([freeBefore, freeAtRetry]).toEqual([0, 1]);
	expect(log.count('responded')).toBe(6);
	expect(log.of('doorbellStarted').filter(({value}) => value % 2 === 1)).toEqual([]);
});

test('check-first, unbatched: unlock and sleep; the kick has been made with the add', () => {
	const {steps, freeAtRetry} = refusal(
		overfill({'driver.lockPolicy': 'kick-after-unlock', 'driver.roomRule': 'check-first'}),
	);
	expect(steps).toEqual(['noRoom', 'lockReleased', 'roomWait']);
	expect(freeAtRetry).toBe(1);
});

test.each(['kick-under-lock', 'kick-after-unlock'] as const)(
	'add-first, %s: a refused add rings under the lock; then sleep until 3 are free',
	policy => {
		const log = overfill({'driver.lockPolicy': policy, 'driver.roomRule': 'add-first'});
		const {steps, freeBefore, freeAtRetry} = refusal(log);
		expect(steps).toEqual(['noRoom', 'forced doorbell', 'doorbellReturned', 'lockReleased', 'roomWait']);
		expect([freeBefore, freeAtRetry]).toEqual([0, 3]);
		expect(log.count('responded')).toBe(6);
	},
);

test('add-first: a fenced command waits for 3 free slots before it tries, without a forced doorbell', () => {
	const log = overfill({'driver.lockPolicy': 'kick-after-unlock', 'driver.roomRule': 'add-first'}, true);
	const {steps, freeBefore, freeAtRetry} = refusal(log);
	expect(steps).toEqual(['noRoom', 'lockReleased', 'roomWait']);
	expect([freeBefore, freeAtRetry]).toEqual([2, 3]);
	expect(log.of('doorbellStarted').filter(({value}) => value % 2 === 1)).toEqual([]);
});

test('check-first: a fenced command needs no more than its slots', () => {
	const log = overfill({'driver.lockPolicy': 'kick-after-unlock', 'driver.roomRule': 'check-first'}, true);
	expect(refusal(log).freeBefore).toBe(0);
});

test('without indirect tables a command takes a slot a segment', () => {
	const log = overfill({'driver.lockPolicy': 'kick-after-unlock', 'queue.indirect': false});
	expect(
		log
			.of('published')
			.slice(0, 2)
			.map(({value}) => value),
	).toEqual([2, 0]);
	expect(refusal(log).freeAtRetry).toBe(2);
});

test('busy-error: the command is dropped and the client goes on', () => {
	const log = overfill({'driver.lockPolicy': 'kick-after-unlock', 'driver.fullRing': 'busy-error'});
	expect(refusal(log).steps.slice(0, 3)).toEqual(['noRoom', 'lockReleased', 'busyError']);
	expect(log.count('roomWait')).toBe(0);
	expect(log.count('commandStarted')).toBe(6);
	expect(log.count('published') + log.count('busyError')).toBe(6);
	expect(log.count('responded')).toBe(log.count('published'));
});

test('cursorq adds first whatever the rule, and a batched driver rings it outside the lock', () => {
	const configuration = configurationOf(
		{
			'queue.cursorSize': 2,
			'guest.cost.prepare': 100,
			'guest.cost.add': 100,
			'driver.lockPolicy': 'kick-batched',
			'driver.roomRule': 'check-first',
		},
		[
			{
				name: 'pointer',
				threads: 1,
				vcpu: 'any',
				kind: 'closed',
				queue: 'cursor',
				wait: 'none',
				think: constant(10 * ms),
				loop: [loopStep({commands: times(4, 'MOVE_CURSOR')})],
			},
		],
	);
	const {log} = logged(configuration, 5 * ms);
	const steps = log
		.of('lockAcquired', 'lockReleased', 'doorbellStarted', 'noRoom', 'roomWait')
		.filter(({actor}) => actor === 0);
	expect(steps.slice(0, 3).map(({point}) => point)).toEqual(['lockAcquired', 'lockReleased', 'doorbellStarted']);
	const refused = steps.findIndex(({point}) => point === 'noRoom');
	expect(
		steps
			.slice(refused, refused + 4)
			.map(({point, value}) => `${point} ${point === 'doorbellStarted' ? value % 2 : ''}`.trim()),
	).toEqual(['noRoom', 'doorbellStarted 1', 'lockReleased', 'roomWait']);
	expect(log.count('responded')).toBe(4);
});

test('sleepers for room are woken once a worker run, after its last response, while slots have long been free', () => {
	const configuration = configurationOf(
		{
			'driver.lockPolicy': 'kick-after-unlock',
			'queue.size': 4,
			'guest.vcpus': 4,
			'guest.irqVcpu': 3,
			'guest.cost.prepare': 100,
			'guest.cost.response': 30 * us,
			'device.cost.RESOURCE_CREATE_2D': us,
		},
		[client({threads: 3, loop: [loopStep({commands: times(8, 'RESOURCE_CREATE_2D')})], think: constant(100 * us)})],
	);
	const {log} = logged(configuration, 20 * ms);
	// By sleeper: the worker runs that had ended when it lay down.
	const asleep = new Map<number, number>();
	let ended = 0;
	let drained = 0;
	let endOfRun = {drained: 0, time: 0};
	const waits: number[] = [];
	for (const {point, actor, time} of log.of('roomWait', 'workDrained', 'workEnded', 'lockCalled')) {
		const since = asleep.get(actor);
		if (point === 'roomWait') {
			asleep.set(actor, ended);
		}

		if (point === 'workDrained') {
			drained = time;
		}

		if (point === 'workEnded') {
			ended++;
			endOfRun = {drained, time};
		}

		if (point === 'lockCalled' && since !== undefined) {
			asleep.delete(actor);
			expect(ended).toBeGreaterThan(since);
			waits.push(endOfRun.time - endOfRun.drained);
		}
	}

	// The lock had been free for the responses of the run, 30 us each.
	expect(Math.min(...waits)).toBeGreaterThanOrEqual(30 * us);
	expect(Math.max(...waits)).toBeGreaterThanOrEqual(90 * us);
	expect(log.count('roomWait')).toBeGreaterThan(100);
});
