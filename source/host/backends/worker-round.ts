import {QueueSet} from './queue-set.js';

/**
What a device worker has found ready, and what becomes ready meanwhile, which is for its next round.
*/
export class WorkerRound {
	/** Queues whose eventfd is readable. */
	readonly ready = new QueueSet();
	/** Queues that this round has still to look at. */
	readonly queues = new QueueSet();
	private fences = false;
	/** ns that a fault lets it stand still. */
	private stall = 0;

	/** Something waits for the next round. */
	get isDue(): boolean {
		return !this.ready.isEmpty || this.stall > 0;
	}

	get isStalled(): boolean {
		return this.stall > 0;
	}

	/** A round begins with what is ready; `fences`: some have signalled. */
	begin(fences: boolean): void {
		this.queues.takeAll(this.ready);
		this.fences = fences;
	}

	stallFor(duration: number): void {
		this.stall += duration;
	}

	/** ns that it stands still now. */
	takeStall(): number {
		const {stall} = this;
		this.stall = 0;
		return stall;
	}

	/** Whether the round has still to look at fences; then it does now. */
	takeFences(): boolean {
		const {fences} = this;
		this.fences = false;
		return fences;
	}
}
