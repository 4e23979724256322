import {commandOf} from '../devices/gpu/commands.js';
import {type Estimate, measuredTime} from '../trace/recording/estimate.js';
import {type GuestRecording, type RecordedRun} from '../trace/recording/guest-recording.js';
import {fewestSamples, Samples, tick} from '../trace/recording/samples.js';
import {type ModelTimes} from './model-times.js';
import {commandOfCode} from './recorded-client.js';

/** Longest time that guest.cost.* takes, ns. */
export const longestGuestCost = 10_000_000;

/** From the first command of the clients that work to the last; ns. */
export type Load = {readonly start: number; readonly end: number};

/** Samples from which those of one kind are enough to leave the others out. */
const enoughSamples = 20;

/** What is slower than so many of its kind was held up by something else. */
const usual = 0.9;

/**
Times of guest code that the recording shows: interrupt, wake-up of the worker, drain, responses.
What came before the load or after its last command is left out: other work of the guest takes the
CPUs then.
*/
export function guestCostEstimates(
	recording: GuestRecording,
	times: ModelTimes,
	{waking, load}: {readonly waking: ReadonlySet<number>; readonly load: Load},
): readonly Estimate[] {
	const runs = recording.runs.filter(({queued, start}) => start >= load.start && (queued ?? start) <= load.end);
	const irqEntry = new Samples();
	for (const {entry, queued, exit} of recording.irqs) {
		const end = queued ?? exit;
		if (end !== null && entry >= load.start && entry <= load.end) {
			irqEntry.add(end - entry);
		}
	}

	const workerWake = new Samples();
	const idleWake = new Samples();
	for (const {start, queued, isIdle} of runs) {
		if (queued !== null) {
			workerWake.add(start - queued);
			if (isIdle) {
				idleWake.add(start - queued);
			}
		}
	}

	const estimates: Estimate[] = [];
	const put = (key: string, samples: Samples, knob: 'worker' | 'responses', how: string): void => {
		if (samples.count >= fewestSamples) {
			estimates.push(measuredTime(key, samples.spec(longestGuestCost), samples.count, knob, how));
		}
	};

	put('guest.cost.irqEntry', irqEntry, 'worker', 'irq_handler_entry to workqueue_queue_work');
	// On a busy CPU the scheduler's delay is in it, which the model adds by itself.
	if (idleWake.count >= enoughSamples) {
		put(
			'guest.cost.workerWake',
			idleWake,
			'worker',
			'workqueue_queue_work to workqueue_execute_start, the CPU having been idle',
		);
	} else {
		put('guest.cost.workerWake', workerWake, 'worker', 'workqueue_queue_work to workqueue_execute_start');
	}

	estimates.push(...drainEstimates(runs, times));
	for (const [type, samples] of responseTimes(runs, times, waking)) {
		const name = commandOfCode(type);
		if (name !== undefined && commandOf(name).queue === 'control') {
			put(
				`guest.cost.response.${name}`,
				samples,
				'responses',
				'from its virtio_gpu_cmd_response to the next event of the worker',
			);
		}
	}

	return estimates;
}

/**
The time until the first response is a straight line over the buffers of the run:
a fixed part, and one a buffer.
*/
function drainEstimates(runs: readonly RecordedRun[], times: ModelTimes): readonly Estimate[] {
	const answered = runs.filter(({responses, queue}) => responses.length > 0 && queue === 0);
	const alone = answered.filter(({lockWait}) => lockWait === 0);
	const bySize = new Map<number, Samples>();
	for (const {responses, start, lockWait} of alone.length >= enoughSamples ? alone : answered) {
		const samples = bySize.get(responses.length) ?? new Samples();
		bySize.set(responses.length, samples);
		samples.add(responses[0].time - start - lockWait);
	}

	const all = new Samples();
	const line = lineThrough(
		[...bySize].map(([size, samples]) => ({at: size, value: samples.trimmedMean(usual), weight: samples.count})),
	);
	const perBuffer = line === null || line <= 0 ? times.getBuf : line;
	for (const [size, samples] of bySize) {
		all.addAll(samples.minus(size * perBuffer));
	}

	if (all.count < fewestSamples) {
		return [];
	}

	// Runs of different sizes: what was taken off moves the rounded times against each other.
	const drain = measuredTime(
		'guest.cost.drain',
		all.spec(longestGuestCost, 2 * tick),
		all.count,
		'responses',
		"workqueue_execute_start to the first response, less the buffers' part",
	);
	return perBuffer === times.getBuf
		? [drain]
		: [
				drain,
				measuredTime(
					'guest.cost.getBuf',
					{kind: 'const', value: Math.round(perBuffer)},
					all.count,
					'responses',
					'by how much more time a run takes to its first response for each buffer',
				),
			];
}

/**
The slope of the straight line through weighted points by least squares; null
when they all lie at one place.
*/
function lineThrough(
	points: ReadonlyArray<{readonly at: number; readonly value: number; readonly weight: number}>,
): number | null {
	let weights = 0;
	let meanAt = 0;
	let meanValue = 0;
	for (const {at, value, weight} of points) {
		weights += weight;
		meanAt += weight * at;
		meanValue += weight * value;
	}

	let square = 0;
	let product = 0;
	for (const {at, value, weight} of points) {
		square += weight * (at - meanAt / weights) ** 2;
		product += weight * (at - meanAt / weights) * (value - meanValue / weights);
	}

	return square > 0 ? product / square : null;
}

/**
By type of command: the time from its response to the next one, less the wake-up of a client that
waited for it. After the last of a run the worker wakes the sleepers of a full ring too, so those
count only where there are few others.
*/
function responseTimes(
	runs: readonly RecordedRun[],
	times: ModelTimes,
	waking: ReadonlySet<number>,
): ReadonlyMap<number, Samples> {
	const inner = new Map<number, Samples>();
	const last = new Map<number, Samples>();
	const put = (to: Map<number, Samples>, type: number, time: number): void => {
		const samples = to.get(type) ?? new Samples();
		to.set(type, samples);
		samples.add(time);
	};

	for (const {responses, end} of runs) {
		for (const [index, {time, type, command}] of responses.entries()) {
			const wake = waking.has(command) ? times.taskWake : 0;
			const next = responses[index + 1];
			if (next !== undefined) {
				put(inner, type, next.time - time - wake);
			} else if (end !== null) {
				put(last, type, end - time - wake);
			}
		}
	}

	for (const [type, samples] of last) {
		const others = inner.get(type);
		if (others === undefined || others.count < enoughSamples) {
			const all = others ?? new Samples();
			all.addAll(samples);
			inner.set(type, all);
		}
	}

	return inner;
}
