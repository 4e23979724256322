import assert from 'node:assert/strict';
import {type Virtqueue} from '../../source/virtqueue/virtqueue.js';
import {type RingModel} from './ring-model.js';

/** Value of a packed suppression structure's flags: an event position counts. */
const descriptorMode = 2;

/** The event last answered with true, and how far the index was then. */
type Fired = {readonly event: number; readonly total: number};

/**
One doorbell and one interrupt for each armed event: the same event value is answered with true
again only after a lap, when it names another entry.
*/
export class ArmedEvents {
	private kicked: Fired | null = null;
	private interrupted: Fired | null = null;
	private readonly ring: Virtqueue;
	private readonly model: RingModel;

	constructor(ring: Virtqueue, model: RingModel) {
		this.ring = ring;
		this.model = model;
	}

	kick(): void {
		const {ring} = this;
		const {numAdded} = ring;
		const counts = this.isArmed('deviceFlags');
		const event = this.eventOf('deviceOffWrap') ?? ring.availEvent;
		const answer = ring.kickPrepare();
		assert.equal(ring.numAdded, 0, 'a kick forgets what was added, whatever its answer');
		if (!counts || !answer) {
			return;
		}

		assert.ok(numAdded > 0, 'no doorbell when nothing was added');
		this.kicked = this.fire(this.kicked, {event, total: this.model.availTotal}, 'doorbell');
	}

	interrupt(): void {
		const {ring} = this;
		const valid = ring.signalledValid;
		const counts = this.isArmed('driverFlags');
		const event = this.eventOf('driverOffWrap') ?? ring.usedEvent;
		const answer = ring.shouldNotify();
		if (!counts) {
			return;
		}

		if (!valid) {
			assert.ok(answer, 'the first question is answered with true');
			return;
		}

		if (answer) {
			this.interrupted = this.fire(this.interrupted, {event, total: this.model.usedTotal}, 'interrupt');
		}
	}

	forget(): void {
		this.kicked = null;
		this.interrupted = null;
	}

	/** Does the other side's decision depend on an event, rather than on a flag? */
	private isArmed(flags: 'driverFlags' | 'deviceFlags'): boolean {
		const {ring} = this;
		return ring.layout === 'split' ? ring.eventIdx : Reflect.get(ring, flags) === descriptorMode;
	}

	private eventOf(word: 'driverOffWrap' | 'deviceOffWrap'): number | null {
		return this.ring.layout === 'packed' ? Number(Reflect.get(this.ring, word)) : null;
	}

	private fire(last: Fired | null, now: Fired, what: string): Fired {
		const lap = this.ring.layout === 'split' ? 65_536 - this.ring.size : this.ring.size;
		assert.ok(last?.event !== now.event || now.total - last.total >= lap, `one ${what} for each armed event`);
		return now;
	}
}
