import {expect, test} from 'vitest';
import {lockPolicyChoices} from '../../source/guest/driver-choices.js';
import {client, configurationOf, constant, loopStep, ms, times, us} from '../helpers/model-configuration.js';
import {logged, type PointName} from '../helpers/model-log.js';

const life: readonly PointName[] = [
	'commandStarted',
	'lockCalled',
	'lockAcquired',
	'published',
	'kickPrepared',
	'doorbellStarted',
	'doorbellDelivered',
	'doorbellReturned',
	'lockReleased',
	'passStarted',
	'popped',
	'serviceStarted',
	'usedPublished',
	'msiSent',
	'irqEntered',
	'workQueued',
	'workStarted',
	'reaped',
	'workDrained',
	'responded',
	'workEnded',
];

/**
From the delivery of the doorbell to the end of the work, the same under
every policy; ns from the delivery.
*/
const host = [
	// The main loop wakes in 8 us.
	[8000, 'passStarted'],
	[8250, 'popped'],
	[8250, 'serviceStarted'],
	// 20 us of service, 350 ns of push, 1.5 us for the MSI.
	[28_600, 'usedPublished'],
	[30_100, 'msiSent'],
	// The vCPU is halted: 5 us to wake its thread, 500 ns to enter.
	[35_600, 'irqEntered'],
	[36_000, 'workQueued'],
	// 3 us to wake the kworker; 200 ns for the drain and 150 for the buffer.
	[39_000, 'workStarted'],
	[39_000, 'lockCalled'],
	[39_000, 'lockAcquired'],
	[39_000, 'reaped'],
	[39_350, 'workDrained'],
	[39_350, 'lockReleased'],
	[39_850, 'responded'],
	[39_850, 'workEnded'],
] as const;

const unbatched = [
	// The vCPU thread wakes in 5 us and enters in 500 ns.
	[5500, 'commandStarted'],
	[15_500, 'lockCalled'],
	[15_500, 'lockAcquired'],
	[16_500, 'published'],
	[16_600, 'kickPrepared'],
] as const;

const batched = [
	...unbatched.slice(0, 4),
	[16_500, 'lockReleased'],
	// virtio_gpu_notify takes the lock again, 70 ns later.
	[16_570, 'lockCalled'],
	[16_570, 'lockAcquired'],
	[16_670, 'kickPrepared'],
] as const;

test.each([
	[
		'kick-under-lock',
		[
			...unbatched,
			[16_600, 'doorbellStarted'],
			[18_900, 'doorbellDelivered'],
			[19_400, 'doorbellReturned'],
			[19_400, 'lockReleased'],
		],
	],
	[
		'kick-after-unlock',
		[
			...unbatched,
			[16_600, 'lockReleased'],
			[16_600, 'doorbellStarted'],
			[18_900, 'doorbellDelivered'],
			[19_400, 'doorbellReturned'],
		],
	],
	[
		'kick-batched',
		[
			...batched,
			[16_670, 'lockReleased'],
			[16_670, 'doorbellStarted'],
			[18_970, 'doorbellDelivered'],
			[19_470, 'doorbellReturned'],
		],
	],
	[
		'kick-batched-under-lock',
		[
			...batched,
			[16_670, 'doorbellStarted'],
			[18_970, 'doorbellDelivered'],
			[19_470, 'doorbellReturned'],
			[19_470, 'lockReleased'],
		],
	],
] as const)('%s: one command, every step at its time', (policy, submission) => {
	const {log} = logged(configurationOf({'driver.lockPolicy': policy}, [client({think: constant(ms)})]), 500 * us);
	const delivered = log.first('doorbellDelivered').time;
	expect(log.of(...life).map(({time, point}) => [time, point])).toEqual([
		...submission,
		...host.map(([after, point]) => [delivered + after, point]),
	]);
});

test.each([
	// Acquisitions by submitters and notifies, kick_prepare calls, doorbells.
	['kick-under-lock', 5, 5],
	['kick-after-unlock', 5, 5],
	['kick-batched', 6, 1],
	['kick-batched-under-lock', 6, 1],
] as const)('%s: five commands and one notify', (policy, acquisitions, prepares) => {
	// The host takes 8 us to wake, the burst less: all ride on the first doorbell that is needed.
	const configuration = configurationOf(
		{'driver.lockPolicy': policy, 'guest.cost.prepare': 100, 'guest.cost.add': 100},
		[client({loop: [loopStep({commands: times(5, 'RESOURCE_CREATE_2D')})], think: constant(ms)})],
	);
	const {log} = logged(configuration, 500 * us);
	expect(log.of('lockAcquired').filter(({value}) => value !== 2)).toHaveLength(acquisitions);
	expect(log.of('kickPrepared')).toHaveLength(prepares);
	expect(log.of('doorbellStarted')).toHaveLength(1);
	expect(log.of('passStarted')).toHaveLength(1);
	expect(log.of('responded')).toHaveLength(5);
});

test('a batched client that notifies after each command rings as often as the host has popped all', () => {
	const configuration = configurationOf({'driver.lockPolicy': 'kick-batched'}, [
		client({
			loop: [loopStep({commands: times(3, 'RESOURCE_CREATE_2D'), notify: 'each', prepare: constant(100 * us)})],
			think: constant(ms),
		}),
	]);
	const {log} = logged(configuration, ms);
	expect(log.count('doorbellStarted')).toBe(3);
});

test('notify without anything pending does not take the lock', () => {
	// Two threads: the notify of one covers the commands of the other.
	const configuration = configurationOf({'driver.lockPolicy': 'kick-batched', 'guest.cost.prepare': 100}, [
		client({loop: [loopStep({notify: 'none'}), loopStep({think: constant(ms)})], wait: 'none', vcpu: 0}),
	]);
	const {log} = logged(configuration, 500 * us);
	expect(log.of('lockAcquired').filter(({value}) => value === 1)).toHaveLength(1);
	expect(log.of('kickPrepared').map(({value}) => value)).toEqual([3]);
});

test.each(lockPolicyChoices.map(({value}) => value))(
	'%s: the doorbell lies inside the hold if and only if the policy says so',
	policy => {
		const configuration = configurationOf({'driver.lockPolicy': policy, 'queue.size': 256, 'guest.vcpus': 4}, [
			client({
				threads: 3,
				loop: [loopStep({commands: times(4, 'RESOURCE_CREATE_2D')})],
				think: constant(20 * us),
			}),
		]);
		const {log} = logged(configuration, 20 * ms);
		const inside: boolean[] = [];
		let owner = -1;
		for (const {point, actor} of log.of('lockAcquired', 'lockReleased', 'doorbellStarted')) {
			if (point === 'doorbellStarted') {
				inside.push(owner === actor);
			} else {
				owner = point === 'lockAcquired' ? actor : -1;
			}
		}

		expect(inside.length).toBeGreaterThan(50);
		expect(new Set(inside)).toEqual(new Set([policy.endsWith('under-lock')]));
	},
);
