import {commandOf} from '../../protocol/commands.js';
import {commandOfCode} from './recorded-client.js';
import {type Estimate, measuredTime} from './estimate.js';
import {type GuestRecording, type RecordedRun} from './guest-recording.js';
import {fewestSamples, Samples} from './samples.js';

/** Longest time that guest.cost.* takes, ns. */
export const longestGuestCost = 10_000_000;

/** Buffers in a run from which the time of one shows. */
const fewBuffers = 4;
const manyBuffers = 8;

/** Times of guest code that the recording shows: interrupt, wake-up of the worker, drain, responses. */
export function guestCostEstimates(recording: GuestRecording): readonly Estimate[] {
	const irqEntry = new Samples();
	for (const {entry, queued, exit} of recording.irqs) {
		const end = queued ?? exit;
		if (end !== null) {
			irqEntry.add(end - entry);
		}
	}

	const workerWake = new Samples();
	for (const {start, queued} of recording.runs) {
		if (queued !== null) {
			workerWake.add(start - queued);
		}
	}

	const estimates: Estimate[] = [];
	const put = (key: string, samples: Samples, knob: 'worker' | 'responses', how: string): void => {
		if (samples.count >= fewestSamples) {
			estimates.push(measuredTime(key, samples.spec(longestGuestCost), samples.count, knob, how));
		}
	};

	put('guest.cost.irqEntry', irqEntry, 'worker', 'irq_handler_entry to workqueue_queue_work');
	put('guest.cost.workerWake', workerWake, 'worker', 'workqueue_queue_work to workqueue_execute_start');
	estimates.push(...drainEstimates(recording.runs));
	for (const [type, samples] of responseTimes(recording.runs)) {
		const name = commandOfCode(type);
		if (name !== undefined && commandOf(name).queue === 'control') {
			put(`guest.cost.response.${name}`, samples, 'responses', 'from its virtio_gpu_cmd_response to the next event of the worker');
		}
	}

	return estimates;
}

/** The time until the first response: a fixed part from short runs, a part per buffer from long ones. */
function drainEstimates(runs: readonly RecordedRun[]): readonly Estimate[] {
	const lead = (run: RecordedRun): number => Math.max(0, run.responses[0].time - run.start - run.lockWait);
	const answered = runs.filter(({responses, queue}) => responses.length > 0 && queue === 0);
	const short = new Samples();
	for (const run of answered) {
		if (run.responses.length <= fewBuffers) {
			short.add(lead(run));
		}
	}

	if (short.count < fewestSamples) {
		return [];
	}

	const perBuffer = new Samples();
	for (const run of answered) {
		if (run.responses.length >= manyBuffers) {
			perBuffer.add((lead(run) - short.quantile(0.25)) / run.responses.length);
		}
	}

	const drain = measuredTime('guest.cost.drain', short.spec(longestGuestCost), short.count, 'responses', 'workqueue_execute_start to the first response, waits for the lock taken out');
	return perBuffer.count < fewestSamples
		? [drain]
		: [drain, measuredTime('guest.cost.getBuf', {kind: 'const', value: Math.round(perBuffer.median)}, perBuffer.count, 'responses', 'what long runs take more before their first response')];
}

/** By type of command: the time from its response to the next one, or to the end of the run. */
function responseTimes(runs: readonly RecordedRun[]): ReadonlyMap<number, Samples> {
	const byType = new Map<number, Samples>();
	for (const {responses, end} of runs) {
		for (const [index, {time, type}] of responses.entries()) {
			const next = responses[index + 1]?.time ?? end;
			if (next !== null) {
				const samples = byType.get(type) ?? new Samples();
				byType.set(type, samples);
				samples.add(next - time);
			}
		}
	}

	return byType;
}
