import {RandomStream} from '../../engine/random.js';
import {type HostCosts, type HostSettings} from '../host-settings.js';

/** A PAUSE is never all BQL: who tries often enough gets in between. */
const mostPaused = 0.75;

/**
TCG: the chance that a moment in which a vCPU spins lies in the part of a PAUSE that has the BQL.
*/
export class PausesUnderBql {
	/** Share of a spinner's time in which its PAUSE has the BQL. */
	private share = 0;
	private readonly ranks: RandomStream;
	private readonly costs: HostCosts;
	private readonly settings: HostSettings;

	constructor(costs: HostCosts, settings: HostSettings, seed: number) {
		this.costs = costs;
		this.settings = settings;
		this.ranks = new RandomStream(seed, 'place/host.cost.pauseBql/share');
		this.settingsChanged();
	}

	/** `guest.pause` or `host.cost.pauseBql` may have changed. */
	settingsChanged(): void {
		const share = this.costs.pauseBql.median / this.settings.pause;
		this.share = share < mostPaused ? share : mostPaused;
	}

	/** By chance: whether this moment is one. */
	meet(): boolean {
		return this.ranks.uniform() < this.share;
	}
}
