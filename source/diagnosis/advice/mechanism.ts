import {formatCount, formatPerSecond, formatShare, formatSlots} from '../../charts/format-number.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type Evidence} from '../finding.js';

type Figures = Readonly<Record<string, number | null>>;

/** Why a knob cannot matter here, with the figures that show it. */
export type Mechanism = {readonly why: string; readonly evidence: readonly Evidence[]};

type Rule = (figures: Figures, configuration: Configuration) => Mechanism | undefined;

const valueOf = (figures: Figures, path: string): number => figures[path] ?? 0;

function room(size: 'queue.size' | 'queue.cursorSize', prefix: string): Rule {
	return (figures, {parameters}) => {
		const least = figures[`${prefix}ring.numFree.min`] ?? null;
		const waits = valueOf(figures, `${prefix}ring.fullWaits`);
		return least === null || least === 0 || waits > 0
			? undefined
			: {
					why:
						`${formatSlots(least)} or more of ${parameters[size]} slots are always free: its size ` +
						'cannot matter',
					evidence: [
						{
							metric: `${prefix}ring.numFree.min`,
							value: least,
							text: `num_free never goes below ${formatSlots(least)}`,
						},
					],
				};
	};
}

/** Threads that wait for a host CPU, as a share of time, the worst vCPU's. */
function stolen(figures: Figures): Evidence {
	const all = Object.entries(figures).filter(([path]) => /^cpu\.vcpus\[\d+\]\.stolen$/v.test(path));
	const [path, share] = all.toSorted(([, a], [, b]) => (b ?? 0) - (a ?? 0)).at(0) ?? ['cpu.vcpus[0].stolen', 0];
	return {
		metric: path,
		value: share ?? 0,
		text: `${path.slice(0, path.lastIndexOf('.'))} waits for a CPU ${formatShare(share ?? 0)} % of the time`,
	};
}

const hostScheduler: Rule = (figures, {parameters}) => {
	const evidence = stolen(figures);
	return evidence.value >= 0.005
		? undefined
		: {
				why:
					`no thread waits for a CPU: stolen ${formatShare(evidence.value)} % with ` +
					`${parameters['host.cpus']} host CPUs`,
				evidence: [evidence],
			};
};

const fences: Rule = figures => {
	const share = valueOf(figures, 'latency.stages.fence.share');
	return share > 0
		? undefined
		: {
				why: 'no command waits for a fence',
				evidence: [
					{metric: 'latency.stages.fence.share', value: 0, text: 'the fence takes 0 % of a command’s life'},
				],
			};
};

const neverFull: Rule = figures => {
	const waits = valueOf(figures, 'ring.fullWaits');
	const errors = valueOf(figures, 'ring.busyErrors');
	return waits > 0 || errors > 0
		? undefined
		: {
				why: 'the ring is never full: nobody asks what to do then',
				evidence: [{metric: 'ring.fullWaits', value: 0, text: 'no command finds the ring full'}],
			};
};

const noHolderInDoorbell: Rule = figures => {
	const waits = valueOf(figures, 'lock.waits.workerOnNotify') + valueOf(figures, 'lock.waits.submitterOnNotify');
	const acquisitions = valueOf(figures, 'lock.acquisitions');
	return waits > acquisitions / 1000
		? undefined
		: {
				why:
					`${formatCount(waits)} waits/s of ${formatCount(acquisitions)} acquisitions meet a holder in ` +
					'its doorbell',
				evidence: [
					{
						metric: 'lock.waits.workerOnNotify',
						value: waits,
						text: `${formatCount(waits)} waits a second on a doorbell`,
					},
				],
			};
};

const oneWaiter: Rule = figures => {
	const contended = valueOf(figures, 'lock.contended');
	const acquisitions = valueOf(figures, 'lock.acquisitions');
	const spin = valueOf(figures, 'lock.spin.total');
	return {
		why:
			contended === 0
				? 'nobody ever waits for the lock'
				: `one waiter at a time, ${formatCount(contended)} waits/s: their order cannot matter`,
		evidence: [
			{
				metric: 'lock.contended',
				value: contended,
				text:
					`${formatCount(contended)} of ${formatCount(acquisitions)} acquisitions a second wait, ` +
					`${formatPerSecond(spin)} ms/s`,
			},
		],
	};
};

const doorbells: Rule = figures => {
	const rate = valueOf(figures, 'kicks.perSecond');
	return rate > 100
		? undefined
		: {
				why: `${formatCount(rate)} doorbells a second are too few to matter`,
				evidence: [{metric: 'kicks.perSecond', value: rate, text: `${formatCount(rate)} doorbells a second`}],
			};
};

const spareSlots: Rule = (figures, {parameters}) => {
	const least = figures['ring.numFree.min'] ?? null;
	const mean = valueOf(figures, 'ring.numFree.mean');
	return least === null || least === 0
		? undefined
		: {
				why:
					`${formatSlots(mean)} of ${parameters['queue.size']} slots are free in the mean: descriptors ` +
					'are spare',
				evidence: [{metric: 'ring.numFree.mean', value: mean, text: `${formatSlots(mean)} slots free`}],
			};
};

const rules: Readonly<Record<string, Rule>> = {
	'queue.size': room('queue.size', ''),
	'queue.cursorSize': room('queue.cursorSize', 'cursor.'),
	'queue.indirect': spareSlots,
	'driver.lockPolicy': noHolderInDoorbell,
	'driver.roomRule': neverFull,
	'driver.fullRing': neverFull,
	'driver.spinlock': oneWaiter,
	'driver.fenceContexts': fences,
	'device.fence': fences,
	'device.fencePoll': fences,
	'host.ioeventfd': doorbells,
	'host.cpus': hostScheduler,
	'host.ple': oneWaiter,
	'host.timeslice': hostScheduler,
	'host.wakeupPreemption': hostScheduler,
	'host.runToParity': hostScheduler,
	'host.nextBuddy': hostScheduler,
	'host.tick': hostScheduler,
	'host.migrationCost': hostScheduler,
};

/** Why a knob does nothing here, in terms of what it acts on; undefined where no rule knows. */
export function mechanismOf(key: string, figures: Figures, configuration: Configuration): Mechanism | undefined {
	return rules[key]?.(figures, configuration);
}
