import {type EventLoop} from '../../engine/event-loop.js';
import {logarithm} from '../../engine/logarithm.js';
import {RandomStream} from '../../engine/random.js';

/** A timer that fires at random moments, so many times a second on average (Poisson). */
export class PoissonTimer {
	/** The stream of its key, for what else is drawn when it fires. */
	readonly ranks: RandomStream;
	private readonly loop: EventLoop;
	private readonly timer: number;

	constructor(loop: EventLoop, timerKind: number, seed: number, key: string) {
		this.loop = loop;
		this.timer = loop.addTimer(timerKind, 0);
		this.ranks = new RandomStream(seed, `place/${key}`);
	}

	/** The rate may have changed: per second, 0 for never. One that is on its way stays. */
	rateChanged(rate: number): void {
		if (rate === 0) {
			this.loop.cancel(this.timer);
		} else if (!this.loop.queue.isArmed(this.timer)) {
			this.arm(rate);
		}
	}

	/** The next time. The rate is above 0. */
	arm(rate: number): void {
		this.loop.after(this.timer, Math.floor((-1e9 / rate) * logarithm(this.ranks.uniform()) + 0.5));
	}
}
