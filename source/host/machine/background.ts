import {nobody} from '../../cpu/ids.js';
import {type Thread} from '../../cpu/thread.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {backgroundThreads} from '../roles.js';
import {step} from '../step.js';
import {PoissonTimer} from './poisson-timer.js';

/**
The rest of the machine: daemons and kernel threads that wake up now and then
(`host.background.rate`, Poisson), each on a CPU of its own choice, run for `host.background.run`
and sleep again. On CPUs that the VMM fills such a task takes the place of one of its threads
for as long as EEVDF lets it: who holds the BQL or a guest's spinlock then keeps it.
*/
export class Background {
	private readonly core: HostCore;
	private readonly settings: HostSettings;
	private readonly timer: PoissonTimer;
	private turn = 0;

	constructor(core: HostCore, settings: HostSettings, options: {readonly seed: number; readonly timerKind: number}) {
		this.core = core;
		this.settings = settings;
		this.timer = new PoissonTimer(core.loop, options.timerKind, options.seed, 'host.background.rate');
	}

	start(): void {
		for (let i = 0; i < backgroundThreads; i++) {
			this.core.cpus.threads[this.core.roles.background(i)].step = step.backgroundDone;
		}
	}

	/** The rate may have changed. */
	settingsChanged(): void {
		this.timer.rateChanged(this.settings.backgroundRate);
	}

	/** Somebody wakes up; one who is still at work misses the turn. */
	due(): void {
		const thread = this.core.cpus.threads[this.core.roles.background(this.turn)];
		this.turn = (this.turn + 1) % backgroundThreads;
		thread.moveTo = Math.floor(this.timer.ranks.uniform() * this.core.cpus.cpus.length);
		this.core.wake(thread, this.core.costs.backgroundRun.draw(), nobody);
		this.timer.arm(this.settings.backgroundRate);
	}

	/** Its work is done. */
	step(thread: Thread): void {
		this.core.sleep(thread, step.backgroundDone);
	}
}
