import {type AdviceDocument, type AdviceEntry, type Predicted} from '../../source/report/advice-document.js';
import {type AdviceJob, type Adviser, type AdviceQuestion} from '../../source/session/adviser.js';

const predicted = (
	metric: string,
	[from, to]: readonly [number, number],
	effect: Predicted['effect'],
	[low, high]: readonly [number, number],
): Predicted => ({
	metric,
	from,
	to,
	low: from * (1 + low),
	high: from * (1 + high),
	effect,
	difference: {value: to - from, low: from * low, high: from * high},
	change: {value: to / from - 1, low, high},
});

const entry = (
	set: AdviceEntry['set'],
	spin: Predicted,
	throughput: Predicted,
	holds: 'yes' | 'no' | 'undecided',
	tail: Predicted,
): AdviceEntry => ({
	...spin,
	set,
	why: 'the doorbell is rung after spin_unlock, so nobody waits for the VM exit of the holder',
	setBy: ['driver: a guest kernel with that order of unlock and virtqueue_notify'],
	subjectTo: [{...throughput, holds}],
	others: [tail],
	fromStart: null,
	pairs: 12,
	confirm: 'perf lock contention -ab -Y spinlock -- sleep 10 in the guest: lock.spin.worker 80.9 ms/s now',
});

const spin = 'lock.spin.worker';
const commands = 'throughput.completed';
const p99 = 'latency.p99';

/** Advice as it might have been computed. */
export const fixedAdvice: AdviceDocument = {
	schema: 2,
	vqlab: '1.0.0',
	preset: 'first',
	seed: 1,
	verdict: {bottleneck: 'worker-spin', text: 'Dequeue worker spins.', severity: 'notice'},
	goal: {metric: spin, better: 'lower', now: 80.9},
	subjectTo: ['throughput.completed not worse'],
	note: null,
	advice: [
		entry(
			{'driver.lockPolicy': 'kick-after-unlock'},
			predicted(spin, [80.9, 0.063], 'better', [-0.9995, -0.999]),
			predicted(commands, [32_000, 31_800], 'none', [-0.008, -0.006]),
			'yes',
			predicted(p99, [99.3, 91.1], 'better', [-0.093, -0.072]),
		),
		entry(
			{'driver.lockPolicy': 'kick-after-unlock', 'host.ioeventfd': true},
			predicted(spin, [80.9, 0.187], 'better', [-0.999, -0.996]),
			predicted(commands, [32_000, 40_800], 'better', [0.27, 0.279]),
			'yes',
			predicted(p99, [99.3, 82.3], 'better', [-0.179, -0.163]),
		),
		entry(
			{'queue.size': 256},
			predicted(spin, [80.9, 96.2], 'undecided', [-0.12, 0.5]),
			predicted(commands, [32_000, 29_600], 'worse', [-0.079, -0.073]),
			'no',
			predicted(p99, [99.3, 100.4], 'none', [0.002, 0.02]),
		),
	],
	noEffect: [
		{
			key: 'driver.spinlock',
			tried: ['qspinlock', 'test-and-set'],
			why: 'same run, event by event, 2 of 2; one waiter at a time: their order cannot matter',
			evidence: [],
		},
		{key: 'guest.timeslice', tried: ['300us', '6ms'], why: 'same run, event by event, 2 of 2', evidence: []},
		{
			key: 'host.cpus',
			tried: [8],
			why: 'same run, event by event, 2 of 2; no thread waits for a CPU: stolen 0.0 % with 4 host CPUs',
			evidence: [],
		},
	],
	stages: [],
	restsOn: [],
	spent: {runs: 222, events: 3_000_000, simulatedSeconds: 5},
	length: {warmupSeconds: 0.01, settleSeconds: 0.01, measuredSeconds: 0.011},
	interrupted: false,
};

/** A job that a test takes to its end by hand. */
export class HandJob implements AdviceJob {
	progress = 0;
	document: AdviceDocument | undefined;
	failure: string | undefined;
	isCancelled = false;
	readonly done = Promise.resolve();
	readonly question: AdviceQuestion;

	constructor(question: AdviceQuestion) {
		this.question = question;
	}

	cancel(): void {
		this.isCancelled = true;
	}
}

/** An adviser that remembers what it was asked, newest last. */
export class HandAdviser implements Adviser {
	readonly jobs: HandJob[] = [];

	begin(question: AdviceQuestion): HandJob {
		const job = new HandJob(question);
		this.jobs.push(job);
		return job;
	}
}
