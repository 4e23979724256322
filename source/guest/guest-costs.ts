import {Cost} from '../engine/cost.js';
import {Distribution} from '../engine/distribution.js';
import {type ResolvedParameters} from '../parameters/configuration.js';
import {distributionOf, numberOf} from '../parameters/read.js';
import {commandNames, commands} from '../devices/gpu/commands.js';

/** What guest code costs, ns of guest CPU time. The keys are `guest.cost.*` and `driver.fenceWork`. */
export class GuestCosts {
	readonly add: Cost;
	readonly kickPrepare: Cost;
	readonly getBuf: Cost;
	readonly drain: Cost;
	readonly free: Cost;
	readonly gracePeriod: Cost;
	readonly irqEntry: Cost;
	readonly tick: Cost;
	readonly workerWake: Cost;
	readonly taskWake: Cost;
	readonly contextSwitch: Cost;
	readonly lockTransfer: Cost;
	readonly unlockGap: Cost;
	readonly recheck: Cost;
	readonly pvKick: Cost;
	readonly fenceWork: Cost;
	/** By command type. */
	readonly prepare: readonly Distribution[];
	readonly response: readonly Distribution[];
	/** How long a paravirtual waiter spins before it halts, ns. */
	spinLimit = 0;

	constructor(seed: number, parameters: ResolvedParameters) {
		const cost = (key: string): Cost => new Cost(seed, key, distributionOf(parameters, key));
		this.add = cost('guest.cost.add');
		this.kickPrepare = cost('guest.cost.kickPrepare');
		this.getBuf = cost('guest.cost.getBuf');
		this.drain = cost('guest.cost.drain');
		this.free = cost('guest.cost.free');
		this.gracePeriod = cost('guest.cost.gracePeriod');
		this.irqEntry = cost('guest.cost.irqEntry');
		this.tick = cost('guest.cost.tick');
		this.workerWake = cost('guest.cost.workerWake');
		this.taskWake = cost('guest.cost.taskWake');
		this.contextSwitch = cost('guest.cost.contextSwitch');
		this.lockTransfer = cost('guest.cost.lockTransfer');
		this.unlockGap = cost('guest.cost.unlockGap');
		this.recheck = cost('guest.cost.recheck');
		this.pvKick = cost('guest.cost.pvKick');
		this.fenceWork = cost('driver.fenceWork');
		this.prepare = commandNames.map(name => new Distribution(distributionOf(parameters, `guest.cost.prepare.${name}`)));
		this.response = commandNames.map((_, index) => new Distribution(distributionOf(parameters, responseKey(index))));
		this.update(parameters);
	}

	/** Takes over new values; draws go on where they were. */
	update(parameters: ResolvedParameters): void {
		this.add.set(distributionOf(parameters, 'guest.cost.add'));
		this.kickPrepare.set(distributionOf(parameters, 'guest.cost.kickPrepare'));
		this.getBuf.set(distributionOf(parameters, 'guest.cost.getBuf'));
		this.drain.set(distributionOf(parameters, 'guest.cost.drain'));
		this.free.set(distributionOf(parameters, 'guest.cost.free'));
		this.gracePeriod.set(distributionOf(parameters, 'guest.cost.gracePeriod'));
		this.irqEntry.set(distributionOf(parameters, 'guest.cost.irqEntry'));
		this.tick.set(distributionOf(parameters, 'guest.cost.tick'));
		this.workerWake.set(distributionOf(parameters, 'guest.cost.workerWake'));
		this.taskWake.set(distributionOf(parameters, 'guest.cost.taskWake'));
		this.contextSwitch.set(distributionOf(parameters, 'guest.cost.contextSwitch'));
		this.lockTransfer.set(distributionOf(parameters, 'guest.cost.lockTransfer'));
		this.unlockGap.set(distributionOf(parameters, 'guest.cost.unlockGap'));
		this.recheck.set(distributionOf(parameters, 'guest.cost.recheck'));
		this.pvKick.set(distributionOf(parameters, 'guest.cost.pvKick'));
		this.fenceWork.set(distributionOf(parameters, 'driver.fenceWork'));
		for (const [index, name] of commandNames.entries()) {
			this.prepare[index].set(distributionOf(parameters, `guest.cost.prepare.${name}`));
			this.response[index].set(distributionOf(parameters, responseKey(index)));
		}

		this.spinLimit = numberOf(parameters, 'guest.cost.spinThreshold') * numberOf(parameters, 'guest.pause');
	}
}

/** Cursor commands have no response of their own; the key of all is as good as any. */
function responseKey(type: number): string {
	const {name, queue} = commands[type];
	return queue === 'control' ? `guest.cost.response.${name}` : 'guest.cost.response';
}
