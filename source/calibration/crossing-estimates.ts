import {type Alignment} from '../trace/recording/align.js';
import {type Estimate, measuredTime} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {fewestSamples, Samples} from '../trace/recording/samples.js';
import {type HeldKick, type HostPause} from './host-pause.js';
import {deliveryEstimates, emulatedDelivery, longestHostCost} from './interrupt-delivery.js';
import {type ModelTimes} from './model-times.js';
import {doorbellKeys, Doorbells, preemptEstimates, ownKicks, halvesOf} from './doorbell-estimates.js';

/** A doorbell of so many ns was held for other reasons than what it does. */
const shortestHeld = 1_000_000;

type Crossing = {
	readonly guest: GuestRecording;
	readonly host: HostRecording;
	readonly alignment: Alignment;
	readonly ioeventfd: boolean;
	readonly tcg: boolean;
	readonly times: ModelTimes;
	/** When the host stood still. */
	readonly pauses: readonly HostPause[];
};

/** Times between guest and host, their clocks aligned: exit, entry, interrupt delivery. */
export function crossingEstimates({guest, host, alignment: {offset}, ioeventfd, tcg, times, pauses}: Crossing): {
	readonly estimates: readonly Estimate[];
	readonly held: readonly HeldKick[];
} {
	const kicks = hostKicks(host).map(({time, isIdle}) => ({time: time + offset, isIdle}));
	const mainLoop = mainLoopOf(host);
	const busy = host.steps
		.filter(({thread, what}) => thread === mainLoop && what !== 'kick')
		.map(({time}) => time + offset);
	const exit = new Samples();
	const wake = new Samples();
	const back = new Doorbells();
	let next = 0;
	const held: HeldKick[] = [];
	const isDuringPause = (time: number): boolean =>
		pauses.some(pause => time >= pause.start + offset && time <= pause.end + offset);
	for (const {start, end, cpu} of ownKicks(guest)) {
		while (next < kicks.length && kicks[next].time < start) {
			next++;
		}

		const kick = kicks[next];
		if (kick === undefined) {
			break;
		}

		const isUndisturbed = !hasBetween(busy, start, kick.time);
		// One that lasts as long as the pause in which it rang says what the pause
		// was, and nothing of doorbells.
		if (end - start >= shortestHeld && isDuringPause(kick.time)) {
			held.push({start, end, cpu});
			continue;
		}

		if (ioeventfd) {
			back.add(end - start - times.notify, kick.isIdle);
			if (isUndisturbed) {
				wake.add(kick.time - end);
			}
		} else if (kick.time <= end) {
			if (isUndisturbed) {
				exit.add(kick.time - start - (tcg ? 0 : times.notify));
			}

			back.add(end - kick.time - (tcg ? 0 : times.unwind), kick.isIdle);
		}
	}

	const estimates: Estimate[] = [];
	let entry = 0;
	if (ioeventfd) {
		const {usual} = back.parts();
		entry = usual.median / 2;
		estimates.push(
			...halvesOf(tcg ? doorbellKeys(tcg) : {there: 'host.cost.exitKernel', back: 'host.cost.entry'}, usual),
			...preemptEstimates(back, 'vp_notify of doorbells that woke the main loop, above the usual'),
		);
		if (wake.count >= fewestSamples) {
			estimates.push(
				measuredTime(
					'host.cost.loopWake',
					wake.spec(longestHostCost),
					wake.count,
					'host wake',
					'return of vp_notify to virtio_queue_notify in the main loop, which had been idle',
				),
			);
		}
	} else if (exit.count >= fewestSamples && back.count >= fewestSamples) {
		const {usual, how} = back.parts();
		const {there, back: backKey} = doorbellKeys(tcg);
		entry = usual.median;
		estimates.push(
			measuredTime(
				there,
				exit.spec(longestHostCost),
				exit.count,
				'doorbell',
				'vp_notify entered to virtio_queue_notify, the main loop being idle',
			),
			measuredTime(
				backKey,
				usual.spec(longestHostCost),
				usual.count,
				'doorbell',
				`virtio_queue_notify to the return of vp_notify${how}`,
			),
			...preemptEstimates(
				back,
				`virtio_queue_notify to the return of vp_notify, where it woke the main loop, above ${backKey}`,
			),
		);
	}

	estimates.push(
		...(tcg
			? emulatedDelivery(guest, host, offset)
			: deliveryEstimates(guest, host, {offset, entry, msi: times.msi})),
	);
	return {estimates, held};
}

/** The thread that processes commands. */
function mainLoopOf(host: HostRecording): number | undefined {
	return host.steps.find(({what}) => what === 'command')?.thread;
}

/**
The GPU's doorbells as the host saw them, each with whether nothing that
it had popped was waiting then.
*/
function hostKicks(host: HostRecording): ReadonlyArray<{readonly time: number; readonly isIdle: boolean}> {
	const [control, cursor] = host.rings();
	const kicks: Array<{readonly time: number; readonly isIdle: boolean}> = [];
	let pending = 0;
	for (const step of host.steps) {
		if (step.vq !== control && step.vq !== cursor) {
			continue;
		}

		switch (step.what) {
			case 'kick': {
				kicks.push({time: step.time, isIdle: pending === 0});
				break;
			}

			case 'pop': {
				pending++;
				break;
			}

			case 'flush': {
				pending = Math.max(0, pending - step.count);
				break;
			}

			default: {
				break;
			}
		}
	}

	return kicks;
}

/** Whether an ascending list has a time in a range. */
function hasBetween(times: readonly number[], low: number, high: number): boolean {
	let from = 0;
	let to = times.length;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if (times[middle] < low) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}

	return from < times.length && times[from] <= high;
}
