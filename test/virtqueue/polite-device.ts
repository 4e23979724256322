import {type Virtqueue} from '../../source/virtqueue/virtqueue.js';

/**
A device that turns notifications off while it works, and before it sleeps turns them on and looks
again. It may sleep on buffers it has popped, and complete them later, as a timer or a fence does.
*/
export class PoliteDevice {
	awake = false;
	/** An interrupt is on its way to the driver. */
	interrupt = false;
	popped = 0;
	published = 0;
	/** Tokens whose completions the driver can see or has taken. */
	readonly finished = new Set<number>();
	private readonly held: number[] = [];
	private readonly staged: number[] = [];
	private readonly ring: Virtqueue;

	constructor(ring: Virtqueue) {
		this.ring = ring;
	}

	wake(): void {
		if (!this.awake) {
			this.awake = true;
			this.ring.setNotification(false);
		}
	}

	pop(): void {
		if (!this.awake) {
			return;
		}

		const token = this.ring.pop();
		if (token >= 0) {
			this.popped += 1;
			this.held.push(token);
		}
	}

	trySleep(): void {
		if (!this.awake) {
			return;
		}

		this.ring.setNotification(true);
		if (this.ring.isEmpty()) {
			this.awake = false;
		} else {
			this.ring.setNotification(false);
		}
	}

	complete(choice: number, publish: boolean): void {
		if (this.held.length > 0) {
			const [token] = this.held.splice(choice % this.held.length, 1);
			this.ring.push(token, 0);
			this.staged.push(token);
		}

		if (publish && this.staged.length > 0) {
			this.ring.publish(this.staged.length);
			this.published += this.staged.length;
			for (const token of this.staged.splice(0)) {
				this.finished.add(token);
			}

			this.interrupt = this.ring.shouldNotify() || this.interrupt;
		}
	}
}
