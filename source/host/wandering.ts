import {logarithm} from '../engine/logarithm.js';
import {RandomStream} from '../engine/random.js';
import {type HostCore} from './host-core.js';
import {type HostSettings} from './host-settings.js';

/**
Moves the thread that serves the device to another host CPU now and then, at random. In
scheduler traces of QEMU a thread changes its CPU a few times a second, as load averages over
all that runs there and the balancer have it; which CPU the main loop shares with whom decides
what a doorbell costs, and what decides it is outside the model. Chance takes its place.
*/
export class Wandering {
	private readonly core: HostCore;
	private readonly settings: HostSettings;
	private readonly timer: number;
	private readonly ranks: RandomStream;

	constructor(core: HostCore, settings: HostSettings, seed: number, timerKind: number) {
		this.core = core;
		this.settings = settings;
		this.timer = core.loop.addTimer(timerKind, 0);
		this.ranks = new RandomStream(seed, 'place/host.moves');
	}

	/** The rate may have changed. */
	settingsChanged(): void {
		if (this.settings.moves === 0 || this.core.cpus.cpus.length < 2) {
			this.core.loop.cancel(this.timer);
		} else if (!this.core.loop.queue.isArmed(this.timer)) {
			this.arm();
		}
	}

	/** Time to move: it goes at its next wake-up. */
	due(): void {
		const count = this.core.cpus.cpus.length;
		const thread = this.core.cpus.threads[this.core.vcpus];
		thread.moveTo = (thread.cpu + 1 + Math.floor(this.ranks.uniform() * (count - 1))) % count;
		this.arm();
	}

	private arm(): void {
		const mean = 1e9 / this.settings.moves;
		this.core.loop.after(this.timer, Math.floor(-mean * logarithm(this.ranks.uniform()) + 0.5));
	}
}
