import {
	pauseNames,
	type Metrics,
	type Pause,
	type PauseName,
	type Stage,
	type WaitName,
	waitNames,
} from '../../source/metrics/metrics.js';

const stageMeans = {
	backlog: 0,
	prepare: 29.6,
	lockWait: 0.1,
	ringWait: 0,
	submit: 1.3,
	notifyDelay: 0.2,
	doorbell: 9.8,
	hostWake: 12.6,
	hostQueue: 86.4,
	service: 4.6,
	fence: 0,
	irqDelay: 58.1,
	workerDelay: 52.6,
	workerLockWait: 18.9,
	reap: 5.5,
	response: 16.3,
};

function stages(means: typeof stageMeans): Metrics['latency']['stages'] {
	let sum = 0;
	for (const mean of Object.values(means)) {
		sum += mean;
	}

	const stage = (mean: number) => ({mean, share: mean / sum, tail: mean * 3});
	return {
		backlog: stage(means.backlog),
		prepare: stage(means.prepare),
		lockWait: stage(means.lockWait),
		ringWait: stage(means.ringWait),
		submit: stage(means.submit),
		notifyDelay: stage(means.notifyDelay),
		doorbell: stage(means.doorbell),
		hostWake: stage(means.hostWake),
		hostQueue: stage(means.hostQueue),
		service: stage(means.service),
		fence: stage(means.fence),
		irqDelay: stage(means.irqDelay),
		workerDelay: stage(means.workerDelay),
		workerLockWait: stage(means.workerLockWait),
		reap: stage(means.reap),
		response: stage(means.response),
	};
}

const unknown = {
	mean: null,
	p50: null,
	p90: null,
	p99: null,
	max: null,
};

const noPause: Pause = {
	perSecond: 0,
	share: 0,
	completed: null,
	longest: null,
	at: null,
};

/** Waits of these means in us; in the tail three times as long. */
function waits(means: Partial<Record<WaitName, number>>, latency: number): Metrics['latency']['waits'] {
	const wait = (mean: number): Stage => ({mean, share: mean / latency, tail: mean * 3});
	return Object.fromEntries(waitNames.map(name => [name, wait(means[name] ?? 0)])) as Record<WaitName, Stage>;
}

const still = {
	submit: {count: 0, spin: 0},
	notify: {count: 0, spin: 0},
	worker: {count: 0, spin: 0},
};

/** The canonical figures of the seed story at its default settings: those of the drawn screens. */
export const seedMetrics: Metrics = {
	throughput: {submitted: 28_224, completed: 28_224, asked: 28_224},
	kicks: {
		perSecond: 7180,
		perCommand: 0.254,
		suppressed: 21_044,
		forced: 0,
	},
	irqs: {
		perSecond: 4230,
		perCommand: 0.15,
		spurious: 0,
		sent: 4230,
	},
	worker: {
		runs: 4230,
		batch: 6.67,
		runTime: {...unknown, hogged: 0},
		hogged: 0,
	},
	exits: {
		perSecond: 7180,
		perCommand: 0.254,
		user: 7180,
		kernel: 0,
		halt: 0,
		pause: 0,
	},
	lock: {
		acquisitions: 32_450,
		contended: 1411,
		spin: {worker: 67.6, submitter: 3.18, total: 70.8},
		halted: 0,
		contentionShare: 0.0708,
		waits: {
			workerOnNotify: 646,
			workerOther: 186,
			submitterOnNotify: 0,
			submitterOther: 579,
		},
		matrix: {
			submit: {...still, worker: {count: 186, spin: 1.1}},
			notify: still,
			doorbell: {...still, worker: {count: 646, spin: 66.5}},
			forced: still,
			worker: {...still, submit: {count: 579, spin: 3.18}},
		},
		hold: unknown,
		wait: unknown,
	},
	ring: {
		numFree: {
			mean: 56.944,
			min: 34,
			max: 64,
			atAdd: 57,
		},
		inFlight: {mean: 7.056, max: 30},
		fullWaits: 0,
		busyErrors: 0,
	},
	latency: {
		mean: 296,
		p50: 258,
		p90: 519,
		p99: 843,
		p999: 1150,
		max: 1620,
		traced: unknown,
		stages: stages(stageMeans),
		waits: waits({}, 296),
		count: 92_631,
		unfinished: 0,
	},
	bql: {waitPerSecond: 80, holdShare: 0.35, byHolder: {mainLoop: 0.32, vcpus: 0.03, other: 0}},
	cpu: {
		vcpus: [
			{
				guest: 0.872,
				spin: 0.003,
				exit: 0.125,
				poll: 0,
				blocked: 0,
				idle: 0,
				stolen: 0,
			},
			{
				guest: 0.205,
				spin: 0.068,
				exit: 0.009,
				poll: 0,
				blocked: 0,
				idle: 0.718,
				stolen: 0,
			},
		],
		vcpusBusy: 1.282,
		mainLoop: 0.323,
	},
	pauses: Object.fromEntries(pauseNames.map(name => [name, noPause])) as Record<PauseName, Pause>,
	frames: null,
	cursor: null,
};

/** These figures with waits of these means (us). */
export function withWaits(metrics: Metrics, means: Partial<Record<WaitName, number>>): Metrics {
	return {...metrics, latency: {...metrics.latency, waits: waits(means, metrics.latency.mean ?? 0)}};
}

/** These figures with pauses of one kind. */
export function withPause(metrics: Metrics, name: PauseName, pause: Pause): Metrics {
	return {...metrics, pauses: {...metrics.pauses, [name]: pause}};
}

/** The seed figures with stages of these means (us); their shares are those of their sum. */
export function withStages(metrics: Metrics, means: Partial<typeof stageMeans>): Metrics {
	const all = {...stageMeans, ...means};
	let mean = 0;
	for (const value of Object.values(all)) {
		mean += value;
	}

	return {...metrics, latency: {...metrics.latency, mean, stages: stages(all)}};
}
