import {expect, test} from 'vitest';
import {type Configuration} from '../../source/simulation/configuration.js';
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
import {logged} from '../helpers/model-log.js';

/**
The 2019 contention, once: the doorbell of the third command waits for the BQL with the lock
held, while the host completes the first and the worker comes for the lock.
*/
function contention(set: Settings): Configuration {
	return configurationOf(
		{
			'driver.lockPolicy': 'kick-under-lock',
			'host.haltPoll': 10 * ms,
			'guest.cost.kickPrepare': 0,
			...set,
		},
		[
			client({
				loop: [loopStep({commands: times(3, 'RESOURCE_FLUSH'), prepare: constant(9 * us)})],
				think: constant(10 * ms),
			}),
		],
	);
}

test("the worker spins while the submitter's doorbell waits for the BQL, and has the lock 50 ns after it is free", () => {
	const {log} = logged(contention({'driver.spinlock': 'qspinlock'}), 5 * ms);
	const contended = log.first('lockContended');
	expect([contended.actor, contended.value]).toEqual([2, 2]);
	const before = log.entries.filter(({time}) => time <= contended.time);
	const started = before.findLast(({point}) => point === 'doorbellStarted')?.time ?? 0;
	expect(before.findLast(({point}) => point === 'doorbellReturned')?.time ?? 0).toBeLessThan(started);
	const released = log.of('lockReleased').find(({time}) => time > contended.time);
	const acquired = log.of('lockAcquired').find(({time}) => time > contended.time);
	expect([released?.actor, acquired?.actor]).toEqual([0, 2]);
	expect(acquired?.time).toBe((released?.time ?? 0) + 50);
	const drained = log.of('reaped').find(({time}) => time > contended.time);
	expect(drained?.time).toBe(acquired?.time);
});

test('with the kick behind the unlock nobody waits for a doorbell', () => {
	const {log} = logged(
		contention({'driver.spinlock': 'qspinlock', 'driver.lockPolicy': 'kick-after-unlock'}),
		5 * ms,
	);
	expect(log.count('lockContended')).toBe(0);
	expect(log.count('bqlContended')).toBeGreaterThan(0);
});

test('pv-qspinlock: a waiter halts after its threshold; the unlocker kicks it and it looks again', () => {
	// 20 pauses of 45 ns.
	const {log} = logged(
		contention({
			'guest.cost.spinThreshold': 20,
			'guest.cost.pvKick': 2 * us,
			'host.haltPoll': 0,
			'host.cost.haltWake': us,
			'guest.cost.workerWake': 0,
		}),
		5 * ms,
	);
	const contended = log.first('lockContended').time;
	const halted = log.first('lockHalted');
	expect([halted.time - contended, halted.actor]).toEqual([900, 2]);
	const released = log.of('lockReleased').find(({time}) => time > halted.time)?.time ?? 0;
	const resumed = log.first('lockResumed').time;
	// 1 us to wake the vCPU thread, 500 ns to enter.
	expect(resumed).toBe(released + 1500);
	const acquired = log.of('lockAcquired').find(({actor, time}) => actor === 2 && time > contended);
	expect(acquired?.time).toBe(resumed + 50);
	// The hypercall comes out of the unlocker's time.
	const next = log
		.of('commandStarted', 'lockCalled')
		.find(({actor, time, point}) => actor === 0 && time > released && point === 'lockCalled');
	expect(next === undefined || next.time >= released + 2 * us).toBe(true);
});

test('pv-qspinlock: below its threshold a waiter just spins', () => {
	const {log} = logged(contention({'driver.spinlock': 'pv-qspinlock'}), 5 * ms);
	expect(log.count('lockContended')).toBeGreaterThan(0);
	expect(log.count('lockHalted')).toBe(0);
});

test('a spinning thread is not preempted by its guest, but takes interrupts', () => {
	const {log} = logged(
		configurationOf(
			{
				'driver.lockPolicy': 'kick-under-lock',
				'driver.spinlock': 'qspinlock',
				'guest.vcpus': 2,
				'guest.irqVcpu': 1,
				'host.haltPoll': 10 * ms,
			},
			[
				client({name: 'a', vcpu: 0, loop: [loopStep({commands: times(4, 'RESOURCE_FLUSH')})]}),
				client({name: 'b', vcpu: 1, loop: [loopStep({commands: times(4, 'RESOURCE_FLUSH')})]}),
			],
		),
		50 * ms,
	);
	const spinning = new Set<number>();
	let interrupted = 0;
	for (const {point, actor, subject} of log.entries) {
		if (point === 'lockContended') {
			spinning.add(actor);
		} else if (point === 'lockAcquired') {
			spinning.delete(actor);
		} else if (point === 'irqEntered' && spinning.has(1) && subject === 0) {
			interrupted++;
		} else if (point === 'workStarted') {
			// The kworker shares vCPU 1 with client b.
			expect(spinning.has(1)).toBe(false);
		}
	}

	expect(interrupted).toBeGreaterThan(0);
});
