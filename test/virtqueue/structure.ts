import assert from 'node:assert/strict';
import {type Virtqueue} from '../../source/virtqueue/virtqueue.js';
import {type VirtqueueOptions} from '../../source/virtqueue/virtqueue-options.js';
import {ArmedEvents} from './armed-events.js';
import {RingModel} from './ring-model.js';
import {type Operation, type Sequence} from './operations.js';

export type Create = (options: VirtqueueOptions) => Virtqueue;

/** Moves the indices forward with single buffers that are never kicked nor asked about. */
export function advanceRing(ring: Virtqueue, count: number): void {
	for (let i = 0; i < count; i++) {
		ring.add(1, 0, 0);
		ring.pop();
		ring.push(0, 0);
		ring.publish(1);
		ring.getBuf();
	}
}

/**
The driver's first words: without a callback it starts disabled, and in a split ring with EVENT_IDX
no word in memory says so.
*/
function checkFirstWords(ring: Virtqueue): void {
	const off = Number(!ring.callback);
	const split = ring.layout === 'split';
	assert.equal(
		Number(Reflect.get(ring, split ? 'callbackOff' : 'flagsShadow')),
		off,
		'callbacks are off without a callback',
	);
	assert.equal(
		Reflect.get(ring, split ? 'availFlags' : 'driverFlags'),
		split && ring.eventIdx ? 0 : off,
		'the first flags in memory',
	);
	assert.equal(ring.usedEvent, 0);
	assert.equal(ring.eventTriggered, false);
	assert.equal(ring.numAdded, 0);
}

function checkDelayed(ring: Virtqueue, model: RingModel): void {
	const threshold = Math.floor((model.inFlight() * 3) / 4);
	const waits = model.published.length;
	const expected = ring.layout === 'split' ? waits <= threshold : waits === 0;
	assert.equal(ring.enableCallbackDelayed(), expected, 'enable_cb_delayed: false when too much waits');
}

function apply(ring: Virtqueue, model: RingModel, events: ArmedEvents, operation: Operation): void {
	switch (operation.op) {
		case 'add': {
			model.add(operation.out, operation.into, operation.noMemory);
			break;
		}

		case 'push': {
			model.push(operation.choice, operation.length);
			break;
		}

		case 'publish': {
			model.publish(operation.all ? model.staged.length : Math.min(1, model.staged.length));
			break;
		}

		case 'setNotification': {
			ring.setNotification(operation.all);
			break;
		}

		case 'kickPrepare': {
			events.kick();
			break;
		}

		case 'getBuf': {
			model.getBuf();
			break;
		}

		case 'disableCallback': {
			ring.disableCallback();
			break;
		}

		case 'enableCallback': {
			assert.equal(ring.enableCallback(), model.published.length === 0, 'enable_cb: false iff work waits');
			break;
		}

		case 'enableCallbackPrepare': {
			assert.equal(ring.poll(ring.enableCallbackPrepare()), model.published.length > 0, 'poll sees what waits');
			break;
		}

		case 'enableCallbackDelayed': {
			checkDelayed(ring, model);
			break;
		}

		case 'interrupt': {
			assert.equal(ring.interrupt(), model.published.length > 0, 'an interrupt without work is not ours');
			break;
		}

		case 'reset': {
			model.reset();
			checkFirstWords(ring);
			events.forget();
			break;
		}

		case 'pop': {
			model.pop();
			break;
		}

		case 'shouldNotify': {
			events.interrupt();
			break;
		}
	}
}

/** Runs a random legal sequence and checks every invariant after every step. */
export function runStructure(create: Create, {options, advance, operations}: Sequence): void {
	const ring = create(options);
	checkFirstWords(ring);
	advanceRing(ring, advance);
	const model = new RingModel(ring, options);
	model.availTotal = advance;
	model.popTotal = advance;
	model.usedTotal = advance;
	model.takenTotal = advance;
	const events = new ArmedEvents(ring, model);
	model.check();
	for (const operation of operations) {
		apply(ring, model, events, operation);
		model.check();
	}
}
