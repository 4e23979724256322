import {type Virtqueue} from '../../source/virtqueue/virtqueue.js';

/**
A driver that turns callbacks off while it reclaims, and before it sleeps turns them on and looks
again. It submits whether it is asleep or not, and kicks at once or later.
*/
export class PoliteDriver {
	awake: boolean;
	/** A doorbell is on its way to the device. */
	doorbell = false;
	submitted = 0;
	/** Buffers covered by a kick, or by the ring's own. */
	kicked = 0;
	reclaimed = 0;
	private readonly inFlight = new Set<number>();
	/** What was in flight when `enableCallbackDelayed` sent the driver to sleep. */
	private delayedFor = new Set<number>();

	constructor(private readonly ring: Virtqueue) {
		// Without a callback the interrupts start off, so nobody would wake this driver.
		this.awake = !ring.callback;
	}

	submit(out: number, into: number, kick: boolean): void {
		const {ring} = this;
		if (ring.add(out, into, this.submitted) === 0) {
			this.inFlight.add(this.submitted);
			this.submitted += 1;
		}

		this.doorbell ||= ring.doorbellForced;
		if (ring.numAdded === 0) {
			this.kicked = this.submitted;
		}

		if (kick) {
			this.kick();
		}
	}

	kick(): void {
		this.doorbell = this.ring.kickPrepare() || this.doorbell;
		this.kicked = this.submitted;
	}

	handleInterrupt(): void {
		if (this.ring.interrupt()) {
			this.awake = true;
			this.ring.disableCallback();
		}
	}

	/** Takes one used buffer; when there is none, re-arms and sleeps, or goes round again. */
	reclaim(rearm: 'enable' | 'prepare' | 'delayed'): void {
		if (!this.awake) {
			return;
		}

		const token = this.ring.getBuf();
		if (token >= 0) {
			this.reclaimed += 1;
			this.inFlight.delete(token);
		} else if (this.armed(rearm)) {
			this.awake = false;
			this.delayedFor = rearm === 'delayed' ? new Set(this.inFlight) : new Set();
		} else {
			this.ring.disableCallback();
		}
	}

	/**
	After `enableCallbackDelayed` the interrupt may wait until all that was in flight then is used.
	*/
	expectsMore(finished: ReadonlySet<number>): boolean {
		return [...this.delayedFor].some(token => !finished.has(token));
	}

	private armed(rearm: 'enable' | 'prepare' | 'delayed'): boolean {
		const {ring} = this;
		if (rearm === 'prepare') {
			return !ring.poll(ring.enableCallbackPrepare());
		}

		return rearm === 'enable' ? ring.enableCallback() : ring.enableCallbackDelayed();
	}
}
