import assert from 'node:assert/strict';
import fc from 'fast-check';
import {type Virtqueue} from '../../source/virtqueue/virtqueue.js';
import {type VirtqueueOptions} from '../../source/virtqueue/virtqueue-options.js';
import {PoliteDevice} from './polite-device.js';
import {PoliteDriver} from './polite-driver.js';
import {advance, options} from './operations.js';
import {advanceRing, type Create} from './structure.js';

export type Action =
	| {readonly do: 'submit'; readonly out: number; readonly into: number; readonly kick: boolean}
	| {readonly do: 'kick' | 'doorbell' | 'interrupt' | 'pop' | 'sleep'}
	| {readonly do: 'complete'; readonly choice: number; readonly publish: boolean}
	| {readonly do: 'reclaim'; readonly rearm: 'enable' | 'prepare' | 'delayed'};

export type Conversation = {
	readonly options: VirtqueueOptions;
	readonly advance: number;
	readonly actions: readonly Action[];
};

const action: fc.Arbitrary<Action> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.record({
				do: fc.constant('submit'),
				out: fc.integer({min: 0, max: 3}),
				into: fc.integer({min: 0, max: 2}),
				kick: fc.boolean(),
			})
			.filter(({out, into}) => out + into > 0),
	},
	{weight: 8, arbitrary: fc.record({do: fc.constantFrom('kick', 'doorbell', 'interrupt', 'pop', 'pop', 'sleep')})},
	{weight: 5, arbitrary: fc.record({do: fc.constant('complete'), choice: fc.nat(100), publish: fc.boolean()})},
	{
		weight: 6,
		arbitrary: fc.record({do: fc.constant('reclaim'), rearm: fc.constantFrom('enable', 'prepare', 'delayed')}),
	},
);

/** What a driver and a device that both re-check after re-arming do, in any order. */
export const conversation: fc.Arbitrary<Conversation> = fc.record({
	options,
	advance,
	actions: fc.array(action, {minLength: 1, maxLength: 90, size: 'max'}),
});

function apply(driver: PoliteDriver, device: PoliteDevice, action: Action): void {
	switch (action.do) {
		case 'submit': {
			driver.submit(action.out, action.into, action.kick);
			break;
		}

		case 'kick': {
			driver.kick();
			break;
		}

		case 'doorbell': {
			if (driver.doorbell) {
				driver.doorbell = false;
				device.wake();
			}

			break;
		}

		case 'interrupt': {
			if (device.interrupt) {
				device.interrupt = false;
				driver.handleInterrupt();
			}

			break;
		}

		case 'pop': {
			device.pop();
			break;
		}

		case 'sleep': {
			device.trySleep();
			break;
		}

		case 'complete': {
			device.complete(action.choice, action.publish);
			break;
		}

		case 'reclaim': {
			driver.reclaim(action.rearm);
			break;
		}
	}
}

function check(ring: Virtqueue, driver: PoliteDriver, device: PoliteDevice): void {
	assert.ok(
		device.awake || driver.doorbell || driver.kicked <= device.popped,
		'a sleeping device with kicked work has its doorbell rung',
	);
	assert.ok(
		driver.awake ||
			device.interrupt ||
			device.published === driver.reclaimed ||
			driver.expectsMore(device.finished),
		'a sleeping driver with used buffers has its interrupt',
	);
	assert.equal(ring.moreUsed(), device.published > driver.reclaimed);
}

/** Everything in flight comes home when both sides only do what they were told to. */
function drain(driver: PoliteDriver, device: PoliteDevice): void {
	driver.kick();
	const limit = (driver.submitted - driver.reclaimed + 4) * 4;
	for (let i = 0; i < limit && driver.reclaimed < driver.submitted; i++) {
		for (const step of ['doorbell', 'pop', 'sleep', 'interrupt'] as const) {
			apply(driver, device, {do: step});
		}

		device.complete(0, true);
		driver.reclaim('enable');
	}

	assert.equal(driver.reclaimed, driver.submitted, 'no completion is lost');
}

/** Runs a conversation: whoever sleeps with work pending has been notified, after every action. */
export function runLiveness(create: Create, {options, advance, actions}: Conversation): void {
	const ring = create(options);
	advanceRing(ring, advance);
	ring.kickPrepare();
	const driver = new PoliteDriver(ring);
	const device = new PoliteDevice(ring);
	for (const action of actions) {
		apply(driver, device, action);
		check(ring, driver, device);
	}

	drain(driver, device);
}
