import {logarithm} from '../engine/logarithm.js';
import {RandomStream} from '../engine/random.js';
import {type Thread} from '../cpu/thread.js';
import {type HostCore} from './host-core.js';
import {type HostSettings} from './host-settings.js';
import {step} from './step.js';

/** Threads that share the work. */
export const backgroundThreads = 4;

/**
The rest of the machine: daemons and kernel threads that wake up now and then
(`host.background.rate`, Poisson), each on a CPU of its own choice, run for `host.background.run`
and sleep again. On CPUs that the VMM fills such a task takes the place of one of its threads
for as long as EEVDF lets it: who holds the BQL or a guest's spinlock then keeps it.
*/
export class Background {
	private readonly core: HostCore;
	private readonly settings: HostSettings;
	private readonly timer: number;
	/** Number of the first of its threads. */
	private readonly first: number;
	private readonly ranks: RandomStream;
	private turn = 0;

	constructor(core: HostCore, settings: HostSettings, options: {readonly seed: number; readonly timerKind: number; readonly first: number}) {
		this.core = core;
		this.settings = settings;
		this.first = options.first;
		this.timer = core.loop.addTimer(options.timerKind, 0);
		this.ranks = new RandomStream(options.seed, 'place/host.background.rate');
	}

	start(): void {
		for (let i = 0; i < backgroundThreads; i++) {
			this.core.cpus.threads[this.first + i].step = step.backgroundDone;
		}
	}

	/** The rate may have changed. */
	settingsChanged(): void {
		if (this.settings.backgroundRate === 0) {
			this.core.loop.cancel(this.timer);
		} else if (!this.core.loop.queue.isArmed(this.timer)) {
			this.arm();
		}
	}

	/** Somebody wakes up; one who is still at work misses the turn. */
	due(): void {
		const thread = this.core.cpus.threads[this.first + this.turn];
		this.turn = (this.turn + 1) % backgroundThreads;
		thread.moveTo = Math.floor(this.ranks.uniform() * this.core.cpus.cpus.length);
		this.core.wake(thread, this.core.costs.backgroundRun.draw(), -1);
		this.arm();
	}

	/** Its work is done. */
	step(thread: Thread): void {
		this.core.sleep(thread, step.backgroundDone);
	}

	private arm(): void {
		const mean = 1e9 / this.settings.backgroundRate;
		this.core.loop.after(this.timer, Math.floor(-mean * logarithm(this.ranks.uniform()) + 0.5));
	}
}
