import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {PoissonTimer} from './poisson-timer.js';

/**
Migrates the thread that serves the device to another host CPU now and then, at random. In scheduler
traces of QEMU a thread changes its CPU a few times a second, as load averages over all that runs
there and the balancer have it; which CPU the main loop shares with whom decides what a doorbell
costs, and what decides it is in part outside the model. Chance takes its place.
*/
export class ServerMigration {
	private readonly core: HostCore;
	private readonly settings: HostSettings;
	private readonly timer: PoissonTimer;

	constructor(core: HostCore, settings: HostSettings, seed: number, timerKind: number) {
		this.core = core;
		this.settings = settings;
		this.timer = new PoissonTimer(core.loop, timerKind, seed, 'host.moves');
	}

	/** The rate may have changed. */
	settingsChanged(): void {
		this.timer.rateChanged(this.core.cpus.cpus.length < 2 ? 0 : this.settings.moves);
	}

	/** Time to move: it goes at its next wake-up. */
	due(): void {
		const {ranks} = this.timer;
		const count = this.core.cpus.cpus.length;
		const thread = this.core.server;
		thread.moveTo = (thread.cpu + 1 + Math.floor(ranks.uniform() * (count - 1))) % count;
		this.timer.arm(this.settings.moves);
	}
}
