import {captureState, restoreState, type StateImage} from '../engine/state-image.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {BqlHolders} from './bql-holders.js';
import {GuestSwitches} from './guest-switches.js';
import {LiveCommands} from './live-commands.js';
import {LockHolders} from './lock-holders.js';
import {OpenSlices} from './open-slices.js';
import {sizesOf} from './sizes.js';

/**
All that is under way in a run: who has which lock and the BQL, commands in flight with the driver's
numbers, open slices, which task each vCPU runs. Whoever writes a stretch of the run reads it here.
It has the size of what is under way, whatever the length of the run, and can be put into a
checkpoint. Attach it at time 0, or restore an image, and in front of whoever reads it.
*/
export class UnderWay implements Instrument {
	readonly locks: LockHolders;
	readonly bql: BqlHolders;
	readonly commands: LiveCommands;
	readonly slices: OpenSlices;
	readonly switches: GuestSwitches;
	readonly observers: readonly Observer[];

	constructor(simulation: Simulation) {
		const sizes = sizesOf(simulation);
		this.locks = new LockHolders(sizes);
		this.bql = new BqlHolders(simulation.state.host.core.cpus.threads.length);
		this.commands = new LiveCommands(sizes.queues, simulation.state.pool);
		this.slices = new OpenSlices(sizes);
		this.switches = new GuestSwitches(simulation);
		this.observers = [this.switches, this.locks, this.bql, this.commands, this.slices].flatMap(
			({observers}) => observers,
		);
	}

	/** A copy of all of it. Can be cloned and posted to a worker. */
	image(): StateImage {
		return captureState(this);
	}

	/** Goes back (or on) to an image of a run with the same configuration at time 0. */
	restore(image: StateImage): void {
		restoreState(this, image);
	}
}
