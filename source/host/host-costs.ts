import {Cost} from '../engine/cost.js';
import {Distribution} from '../engine/distribution.js';
import {RandomStream} from '../engine/random.js';
import {type ResolvedParameters} from '../parameters/configuration.js';
import {distributionOf, numberOf} from '../parameters/read.js';
import {commandNames} from '../devices/gpu/commands.js';

const keys = [
	'exitUser',
	'exitKernel',
	'entry',
	'notify',
	'unwind',
	'wakeIpi',
	'kickPreempt',
	'cold',
	'lockHandoff',
	'loopWake',
	'haltWake',
	'poll',
	'pop',
	'push',
	'msi',
	'irqfd',
	'postedWrite',
	'displayAnswer',
	'irqDelivery',
	'apicBql',
	'apicGap',
	'pauseBql',
	'timer',
] as const;

/** A PAUSE is never all BQL: who tries often enough gets in between. */
const mostPaused = 0.75;

/** What the host's steps cost, ns of host CPU time unless said otherwise. Keys `host.cost.*`, `host.bql.hold`, `host.background.run`, `device.cost.*`, `device.gpuTime`. */
export class HostCosts {
	readonly exitUser: Cost;
	readonly exitKernel: Cost;
	readonly entry: Cost;
	readonly notify: Cost;
	readonly unwind: Cost;
	readonly wakeIpi: Cost;
	readonly kickPreempt: Cost;
	/** Of a vCPU that has been away for ever; less after a shorter time. */
	readonly cold: Cost;
	readonly lockHandoff: Cost;
	readonly loopWake: Cost;
	readonly haltWake: Cost;
	readonly poll: Cost;
	readonly pop: Cost;
	readonly push: Cost;
	readonly msi: Cost;
	readonly irqfd: Cost;
	/** ns of the vCPU in guest mode. */
	readonly postedWrite: Cost;
	/** Latency, no CPU time. */
	readonly displayAnswer: Cost;
	/** Latency, no CPU time. */
	readonly irqDelivery: Cost;
	readonly apicBql: Cost;
	readonly apicGap: Cost;
	readonly pauseBql: Cost;
	readonly timer: Cost;
	readonly bqlHold: Cost;
	readonly backgroundRun: Cost;
	/** By command type; sampled at the command's own rank. */
	readonly service: readonly Distribution[];
	readonly perKib: Distribution;
	readonly gpu: Distribution;
	/** Share of a spinner's time in which its PAUSE has the BQL. */
	private pauseShare = 0;
	private readonly pauseRanks: RandomStream;

	constructor(seed: number, parameters: ResolvedParameters) {
		const cost = (key: string): Cost => new Cost(seed, key, distributionOf(parameters, key));
		this.exitUser = cost('host.cost.exitUser');
		this.exitKernel = cost('host.cost.exitKernel');
		this.entry = cost('host.cost.entry');
		this.notify = cost('host.cost.notify');
		this.unwind = cost('host.cost.unwind');
		this.wakeIpi = cost('host.cost.wakeIpi');
		this.kickPreempt = cost('host.cost.kickPreempt');
		this.cold = cost('host.cost.cold');
		this.lockHandoff = cost('host.cost.lockHandoff');
		this.loopWake = cost('host.cost.loopWake');
		this.haltWake = cost('host.cost.haltWake');
		this.poll = cost('host.cost.poll');
		this.pop = cost('host.cost.pop');
		this.push = cost('host.cost.push');
		this.msi = cost('host.cost.msi');
		this.irqfd = cost('host.cost.irqfd');
		this.postedWrite = cost('host.cost.postedWrite');
		this.displayAnswer = cost('host.cost.displayAnswer');
		this.irqDelivery = cost('host.cost.irqDelivery');
		this.apicGap = cost('host.cost.apicGap');
		this.apicBql = cost('host.cost.apicBql');
		this.pauseBql = cost('host.cost.pauseBql');
		this.timer = cost('host.cost.timer');
		this.bqlHold = cost('host.bql.hold');
		this.backgroundRun = cost('host.background.run');
		this.service = commandNames.map(name => new Distribution(distributionOf(parameters, `device.cost.${name}`)));
		this.perKib = new Distribution(distributionOf(parameters, 'device.cost.perKiB'));
		this.gpu = new Distribution(distributionOf(parameters, 'device.gpuTime'));
		this.pauseRanks = new RandomStream(seed, 'place/host.cost.pauseBql/share');
		this.update(parameters);
	}

	/** By chance: whether a moment lies in the part of a PAUSE in which it has the BQL. */
	fallsIntoPause(): boolean {
		return this.pauseRanks.uniform() < this.pauseShare;
	}

	/** Takes over new values; draws go on where they were. */
	update(parameters: ResolvedParameters): void {
		for (const key of keys) {
			this[key].set(distributionOf(parameters, `host.cost.${key}`));
		}

		const share = this.pauseBql.median / numberOf(parameters, 'guest.pause');
		this.pauseShare = share < mostPaused ? share : mostPaused;
		this.backgroundRun.set(distributionOf(parameters, 'host.background.run'));
		this.bqlHold.set(distributionOf(parameters, 'host.bql.hold'));
		for (const [index, name] of commandNames.entries()) {
			this.service[index].set(distributionOf(parameters, `device.cost.${name}`));
		}

		this.perKib.set(distributionOf(parameters, 'device.cost.perKiB'));
		this.gpu.set(distributionOf(parameters, 'device.gpuTime'));
	}
}
