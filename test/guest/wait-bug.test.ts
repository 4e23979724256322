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
import {measured} from '../helpers/model-run.js';

/** A ring of 16 and a burst of 24 tables of pages, before the host has done one. */
function burst(set: Settings, pages = 8): Configuration {
	return configurationOf(
		{
			'queue.size': 16,
			'host.ioeventfd': true,
			'driver.lockPolicy': 'kick-after-unlock',
			'driver.roomRule': 'add-first',
			'guest.cost.prepare': 100,
			'guest.cost.recheck': 1000,
			'device.cost.RESOURCE_ATTACH_BACKING': 20 * us,
			...set,
		},
		[client({loop: [loopStep({commands: times(24, 'RESOURCE_ATTACH_BACKING'), pages})], think: constant(10 * ms)})],
	);
}

test('the bug: with 3 to 9 slots free the submitter goes round lock, check, unlock and never sleeps', () => {
	const {log} = logged(burst({'driver.waitBug': true}), 5 * ms);
	const submits = log.of('lockCalled').filter(({actor, value}) => actor === 0 && value === 0);
	expect(log.count('roomWait')).toBe(0);
	expect(log.count('noRoom')).toBe(submits.length - 24);
	expect(log.count('noRoom')).toBeGreaterThan(100);
	// 2 + 8 are asked for, though with an indirect table a command takes 1.
	expect(Math.min(...log.of('published').map(({value}) => value))).toBe(9);
	const [, second, third] = submits.slice(submits.findIndex(({time}) => time >= log.first('noRoom').time));
	expect(third.time - second.time).toBe(1000);
	expect(log.count('responded')).toBe(24);
});

test('the fix waits for what the command takes', () => {
	const {log} = logged(burst({'driver.roomRule': 'check-first'}), 5 * ms);
	expect(log.count('noRoom')).toBeLessThan(30);
	expect(log.count('roomWait')).toBeGreaterThan(0);
	expect(Math.min(...log.of('published').map(({value}) => value))).toBe(0);
	expect(log.count('responded')).toBe(24);
});

test('a loop without a cost still lets time pass', () => {
	const {log} = logged(burst({'driver.waitBug': true, 'guest.cost.recheck': 0}), 2 * ms);
	expect(log.count('responded')).toBe(24);
});

test('without indirect tables every page takes a slot', () => {
	const {log} = logged(burst({'queue.indirect': false, 'driver.roomRule': 'check-first'}, 5), 20 * ms);
	expect(
		log
			.of('published')
			.slice(0, 2)
			.map(({value}) => value),
	).toEqual([9, 2]);
	expect(log.count('responded')).toBeGreaterThanOrEqual(24);
});

test.each<[string, Settings, number, number, string, RegExp]>([
	[
		'check-first',
		{'queue.indirect': false, 'driver.roomRule': 'check-first'},
		15,
		17,
		'impossible-request',
		/sleeps on ack_queue for ever; with indirect descriptors it would take 1/v,
	],
	[
		'add-first',
		{'queue.indirect': false, 'driver.roomRule': 'add-first'},
		20,
		22,
		'impossible-request',
		/sleeps on ack_queue for ever/v,
	],
	[
		'the bug',
		{'driver.waitBug': true},
		15,
		17,
		'wait-condition',
		/goes round spin_lock, the check and wait_event for ever; it would take 1/v,
	],
])('a command that can never fit is a stall of its own: %s', (_, set, pages, wanted, kind, words) => {
	const {end, stall} = measured(burst(set, pages));
	expect(end).toBe('stall');
	expect(stall).toMatchObject({kind, waits: [{who: 'app (thread 0)', on: `room for ${wanted} slots of 16`}]});
	expect(stall?.text).toContain(`RESOURCE_ATTACH_BACKING wants ${wanted} free slots and the control queue has 16`);
	expect(stall?.text).toMatch(words);
});

test('a command that just fits is none', () => {
	expect(measured(burst({'queue.indirect': false, 'driver.roomRule': 'check-first'}, 14)).end).toBe('duration');
	expect(
		measured(
			burst({'queue.indirect': false, 'driver.roomRule': 'check-first', 'driver.fullRing': 'busy-error'}, 15),
		).end,
	).toBe('duration');
});

test.each([0, 1, 8, 64])('the lock is held in a straight line with the objects of a fence: %i', objects => {
	const hold = (count: number): number => {
		const fenced = client({
			loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: count})],
			think: constant(ms),
		});
		const {log} = logged(configurationOf({'driver.fenceWork': constant(200)}, [fenced]), 100 * us);
		return log.first('lockReleased').time - log.first('lockAcquired').time;
	};

	expect(hold(objects)).toBe(hold(0) + 200 * objects);
});

test('every SUBMIT_3D is fenced when the driver does not look who waits', () => {
	const clients = [client({loop: [loopStep({commands: ['SUBMIT_3D', 'RESOURCE_CREATE_2D']})], think: constant(ms)})];
	const fences = (set: Settings): number =>
		logged(configurationOf({'device.kind': 'virgl', 'device.fence': 'async', ...set}, clients), ms / 2).log.count(
			'fenceQueued',
		);
	expect(fences({})).toBe(0);
	expect(fences({'driver.fenceEverySubmit': true})).toBe(1);
});
