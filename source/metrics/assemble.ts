import {type Histogram} from '../engine/histogram.js';
import {type CommandTracker} from './command-tracker.js';
import {queueCounter, sharedCounter, vcpuStates} from './counters.js';
import {
	holderPhases, pauseNames, waiterRoles, type Figure, type LockMetrics, type Metrics, type Pause, type PauseName, type QueueMetrics, type VcpuShares,
} from './metrics.js';
import {latencyMetrics} from './latency-metrics.js';
import {type LongestPause, type PauseTracker} from './pause-tracker.js';
import {type RunFacts} from './run-facts.js';
import {summaryOf} from './summary.js';
import {type WaitTracker} from './wait-tracker.js';

/** Extremes of a ring over a stretch of a run. */
export type Extremes = {readonly minFree: number; readonly maxFree: number; readonly maxInFlight: number};

/** What percentiles come from; null where only sums are kept (windows). */
export type Distributions = {
	readonly hold: readonly [Histogram, Histogram];
	readonly wait: readonly [Histogram, Histogram];
	readonly runs: readonly [Histogram, Histogram];
	readonly commands: CommandTracker;
	readonly waits: WaitTracker;
	readonly pauses: PauseTracker;
	readonly frames: readonly Histogram[];
	/** Simulated time at which commands without a response are looked at, ns. */
	readonly now: number;
};

const us = 1000;
const none: LongestPause = {at: 0, length: 0};

const ratio = (part: number, whole: number): Figure => whole === 0 ? null : part / whole;

/**
The metrics of a stretch of `duration` ns, from what its counters grew by. Without
`distributions` (windows) percentiles and maxima are null, means are not.
*/
export function assembleMetrics(facts: RunFacts, grown: Float64Array, duration: number, extremes: readonly [Extremes, Extremes], distributions: Distributions | null): Metrics {
	const {layout, tcg} = facts;
	const seconds = duration / 1e9;
	const shared = (counter: number): number => grown[layout.shared + counter];
	const rate = (count: number): number => seconds === 0 ? 0 : count / seconds;
	const share = (time: number): number => duration === 0 ? 0 : time / duration;
	const control = queueMetrics(facts, grown, duration, 0, extremes[0], distributions);
	const exits = shared(sharedCounter.exitUser) + shared(sharedCounter.exitKernel) + shared(sharedCounter.exitHalt) + shared(sharedCounter.exitPause);
	const completed = grown[layout.queue(0) + queueCounter.completed];
	const vcpus = Array.from({length: layout.vcpus}, (_, vcpu): VcpuShares => {
		const [guest, spin, exit, poll, blocked, idle, stolen] = Array.from({length: vcpuStates}, (__, state) => share(grown[layout.vcpu(vcpu) + state]));
		return {
			guest, spin, exit, poll, blocked, idle, stolen,
		};
	});
	const exitRate = (count: number): Figure => tcg ? null : rate(count);
	const bqlShare = (time: number): Figure => facts.hasBql ? share(time) : null;
	const paced = facts.clients.map((client, index) => ({...client, index})).filter(client => client.paced);
	return {
		...control,
		exits: {
			perSecond: exitRate(exits),
			perCommand: tcg ? null : ratio(exits, completed),
			user: exitRate(shared(sharedCounter.exitUser)),
			kernel: exitRate(shared(sharedCounter.exitKernel)),
			halt: exitRate(shared(sharedCounter.exitHalt)),
			pause: exitRate(shared(sharedCounter.exitPause)),
		},
		bql: {
			waitPerSecond: bqlShare(shared(sharedCounter.bqlWait) * 1000),
			holdShare: bqlShare(shared(sharedCounter.bqlMainLoop) + shared(sharedCounter.bqlVcpus) + shared(sharedCounter.bqlOther)),
			byHolder: {
				mainLoop: bqlShare(shared(sharedCounter.bqlMainLoop)),
				vcpus: bqlShare(shared(sharedCounter.bqlVcpus)),
				other: bqlShare(shared(sharedCounter.bqlOther)),
			},
		},
		cpu: {
			vcpus,
			vcpusBusy: vcpus.reduce((sum, {guest, spin, exit, poll}) => sum + guest + spin + exit + poll, 0),
			mainLoop: share(shared(sharedCounter.mainLoop)),
		},
		pauses: pauses(index => shared(sharedCounter.pauses + index), duration, distributions),
		frames: paced.length === 0
			? null
			: Object.fromEntries(paced.map(({name, index}) => [name, {
				perSecond: rate(grown[layout.frames(index)]),
				missed: rate(grown[layout.frames(index) + 1]),
				time: summaryOf(distributions?.frames[index]),
			}])),
		cursor: facts.hasCursor ? queueMetrics(facts, grown, duration, 1, extremes[1], distributions) : null,
	};
}

function pauses(grown: (index: number) => number, duration: number, distributions: Distributions | null): Metrics['pauses'] {
	const ofKind = (name: PauseName, kind: number): Pause => {
		const {at, length} = distributions?.pauses.longest(name, distributions.now) ?? none;
		return {
			perSecond: duration === 0 ? 0 : grown(3 * kind) * 1e9 / duration,
			share: duration === 0 ? 0 : grown(3 * kind + 1) / duration,
			completed: ratio(grown(3 * kind + 2) * 1e9, grown(3 * kind + 1)),
			longest: length === 0 ? null : length / us,
			at: length === 0 ? null : at / 1e9,
		};
	};

	return Object.fromEntries(pauseNames.map((name, kind) => [name, ofKind(name, kind)])) as Record<PauseName, Pause>;
}

function queueMetrics(facts: RunFacts, grown: Float64Array, duration: number, queue: 0 | 1, extremes: Extremes, distributions: Distributions | null): QueueMetrics {
	const base = facts.layout.queue(queue);
	const count = (counter: number): number => grown[base + counter];
	const seconds = duration / 1e9;
	const rate = (counter: number): number => seconds === 0 ? 0 : count(counter) / seconds;
	const kicks = count(queueCounter.kicks);
	return {
		throughput: {submitted: rate(queueCounter.submitted), completed: rate(queueCounter.completed), asked: rate(queueCounter.asked)},
		kicks: {
			perSecond: rate(queueCounter.kicks),
			perCommand: ratio(kicks, count(queueCounter.submitted)),
			suppressed: rate(queueCounter.suppressed),
			forced: rate(queueCounter.forced),
		},
		irqs: {
			perSecond: rate(queueCounter.irqs),
			perCommand: ratio(count(queueCounter.irqs), count(queueCounter.completed)),
			spurious: rate(queueCounter.spurious),
			sent: rate(queueCounter.msis),
		},
		worker: {
			runs: rate(queueCounter.workerRuns),
			batch: ratio(count(queueCounter.workerBuffers), count(queueCounter.workerRuns)),
			runTime: {...summaryOf(distributions?.runs[queue]), hogged: rate(queueCounter.hogged)},
			hogged: rate(queueCounter.hogged),
		},
		lock: lockMetrics(grown, base, duration, distributions?.hold[queue], distributions?.wait[queue]),
		ring: {
			numFree: {
				mean: ratio(count(queueCounter.freeIntegral), duration),
				min: extremes.minFree,
				max: extremes.maxFree,
				atAdd: ratio(count(queueCounter.freeAtAdd), count(queueCounter.adds)),
			},
			inFlight: {mean: ratio(count(queueCounter.inFlightIntegral), duration), max: extremes.maxInFlight},
			fullWaits: rate(queueCounter.fullWaits),
			busyErrors: rate(queueCounter.busyErrors),
		},
		latency: latencyMetrics(grown, base, queue, duration, distributions),
	};
}

function lockMetrics(grown: Float64Array, base: number, duration: number, hold: Histogram | undefined, wait: Histogram | undefined): LockMetrics {
	const count = (counter: number): number => grown[base + counter];
	const rate = (counter: number): number => duration === 0 ? 0 : count(counter) * 1e9 / duration;
	const perMille = (counter: number): number => duration === 0 ? 0 : count(counter) * 1000 / duration;
	const worker = perMille(queueCounter.spinWorker);
	const submitter = perMille(queueCounter.spinSubmitter);
	const row = (holder: number): LockMetrics['matrix']['submit'] => {
		const cell = (role: number): {count: number; spin: number} => ({
			count: rate(queueCounter.matrixCount + holder * waiterRoles.length + role),
			spin: perMille(queueCounter.matrixSpin + holder * waiterRoles.length + role),
		});
		return {submit: cell(0), notify: cell(1), worker: cell(2)};
	};

	const [submit, notify, doorbell, forced, byWorker] = holderPhases.map((_, holder) => row(holder));
	return {
		acquisitions: rate(queueCounter.acquisitions),
		contended: rate(queueCounter.contended),
		spin: {worker, submitter, total: worker + submitter},
		halted: perMille(queueCounter.halted),
		contentionShare: duration === 0 ? 0 : count(queueCounter.contention) / duration,
		waits: {
			workerOnNotify: rate(queueCounter.workerOnNotify),
			workerOther: rate(queueCounter.workerOther),
			submitterOnNotify: rate(queueCounter.submitterOnNotify),
			submitterOther: rate(queueCounter.submitterOther),
		},
		matrix: {
			submit, notify, doorbell, forced, worker: byWorker,
		},
		hold: summaryOf(hold),
		wait: summaryOf(wait),
	};
}
