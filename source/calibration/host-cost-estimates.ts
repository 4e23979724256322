import {type CommandName} from '../devices/gpu/commands.js';
import {type Alignment} from '../trace/recording/align.js';
import {type Estimate, measuredTime} from '../trace/recording/estimate.js';
import {type GuestRecording, type RecordedKick} from '../trace/recording/guest-recording.js';
import {type HostRecording, type HostStep} from '../trace/recording/host-recording.js';
import {fewestSamples, Samples, tick} from '../trace/recording/samples.js';
import {type HeldKick, type HostPause, type TimedSample, withoutPause} from './host-pause.js';
import {deliveryEstimates, emulatedDelivery, longestHostCost} from './interrupt-delivery.js';
import {type ModelTimes} from './model-times.js';

const longestService = 1_000_000_000;

/** A doorbell of so many ns was held for other reasons than what it does. */
const shortestHeld = 1_000_000;

/** Doorbells that found the main loop awake from which they show what one takes. */
const enoughDoorbells = 10;

/**
Times of the host's steps that a QEMU log shows: pop, service, wake-up of the main
loop; and pauses that came once.
*/
export function hostCostEstimates(
	host: HostRecording,
	{push, msi}: ModelTimes,
): {readonly estimates: readonly Estimate[]; readonly pauses: readonly HostPause[]} {
	const [control, cursor] = host.rings();
	const isGpu = (vq: string): boolean => vq === control || vq === cursor;
	const mainLoop = host.steps.find(({what}) => what === 'command')?.thread;
	const service = new Map<CommandName, TimedSample[]>();
	const pop = new Samples();
	const wake: TimedSample[] = [];
	const pass = new Samples();
	let previous: HostStep | null = null;
	let command: Extract<HostStep, {what: 'command'}> | null = null;
	let isNotified = false;
	let kickedIdle: number | null = null;
	let kickedBusy = false;
	/** Popped and not flushed. */
	let pending = 0;
	const settle = (time: number): void => {
		if (command !== null) {
			const samples = service.get(command.command) ?? [];
			service.set(command.command, samples);
			samples.push({start: command.time, time: time - command.time - push - (isNotified ? msi : 0)});
			command = null;
		}

		isNotified = false;
	};

	for (const step of host.steps) {
		if (step.what === 'kick') {
			if (isGpu(step.vq)) {
				kickedBusy ||= pending > 0;
				kickedIdle = pending === 0 ? (kickedIdle ?? step.time) : kickedIdle;
			}
		} else if (step.thread === mainLoop && (step.what === 'command' || isGpu(step.vq))) {
			switch (step.what) {
				case 'pop': {
					if (previous?.what === 'pop') {
						pop.add(step.time - previous.time);
					} else if (kickedIdle !== null) {
						wake.push({start: kickedIdle, time: step.time - kickedIdle});
					} else if (kickedBusy && previous !== null) {
						pass.add(step.time - previous.time);
					}

					if (previous?.what === 'flush' && pending > 0) {
						settle(step.time);
					}

					command = null;
					kickedIdle = null;
					kickedBusy = false;
					pending++;
					break;
				}

				case 'command': {
					settle(step.time);
					command = step;
					break;
				}

				case 'flush': {
					pending = Math.max(0, pending - step.count);
					if (pending === 0) {
						settle(step.time);
					}

					break;
				}

				case 'notify': {
					isNotified = command !== null;
				}
			}

			previous = step;
		}
	}

	const estimates: Estimate[] = [];
	const put = (key: string, samples: Samples, knob: 'host wake' | 'host service', how: string): void => {
		if (samples.count >= fewestSamples) {
			const longest = key.startsWith('device.') ? longestService : longestHostCost;
			estimates.push(measuredTime(key, samples.spec(longest), samples.count, knob, how));
		}
	};

	const pauses: HostPause[] = [];
	const usual = (timed: readonly TimedSample[]): Samples => {
		const {samples, pause} = withoutPause(timed);
		if (pause !== null) {
			pauses.push(pause);
		}

		return samples;
	};

	put(
		'host.cost.loopWake',
		usual(wake),
		'host wake',
		'virtio_queue_notify to the first virtqueue_pop, the loop having been idle',
	);
	put('host.cost.poll', pass, 'host wake', 'end of a pass to the first virtqueue_pop of the next, a kick waiting');
	put('host.cost.pop', pop, 'host service', 'from one virtqueue_pop to the next');
	for (const [name, timed] of service) {
		put(
			`device.cost.${name}`,
			usual(timed),
			'host service',
			'from its event to the next command of the pass, or to its virtqueue_flush',
		);
	}

	return {estimates, pauses};
}

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

/**
What a doorbell's way to QEMU and its way back are called: under TCG it is a call, all but
the waiting with the BQL held.
*/
function doorbellKeys(tcg: boolean): {readonly there: string; readonly back: string} {
	return tcg
		? {there: 'host.cost.notify', back: 'host.cost.unwind'}
		: {there: 'host.cost.exitUser', back: 'host.cost.entry'};
}

/** Doorbells by whether the main loop slept when they were rung. */
class Doorbells {
	private readonly idle = new Samples();
	private readonly busy = new Samples();

	get count(): number {
		return this.idle.count + this.busy.count;
	}

	add(time: number, isIdle: boolean): void {
		(isIdle ? this.idle : this.busy).add(time);
	}

	/**
	The time of any doorbell, and what those that wake the main loop take on top: it may take their
	CPU. One that finds it running shows the first; without such ones the shorter half of all does.
	No second part where the longer ones are about as long.
	*/
	parts(): {readonly usual: Samples; readonly preempted: Samples | null; readonly how: string} {
		const all = new Samples();
		all.addAll(this.idle);
		all.addAll(this.busy);
		const isBusyKnown = this.busy.count >= enoughDoorbells;
		const usual = isBusyKnown ? this.busy : all.upTo(all.median + tick);
		const typical = usual.median;
		if (this.idle.count < fewestSamples || this.idle.quantile(0.95) - typical <= 3 * tick) {
			return {usual: all, preempted: null, how: ''};
		}

		return {
			usual: usual.upTo(usual.quantile(0.9)),
			preempted: this.idle.minus(typical).from(0),
			how: isBusyKnown ? ', which the main loop was awake for' : ', the shorter half',
		};
	}
}

function preemptEstimates(doorbells: Doorbells, how: string): readonly Estimate[] {
	const {preempted} = doorbells.parts();
	return preempted === null
		? []
		: [measuredTime('host.cost.kickPreempt', preempted.spec(longestHostCost), preempted.count, 'doorbell', how)];
}

/**
Doorbells of the threads that send commands, with their return: other virtio
devices ring with the same function.
*/
function ownKicks(guest: GuestRecording): readonly RecordedKick[] {
	const own = new Set(guest.commands.map(({thread}) => thread));
	return guest.kicks.filter(({thread, isReturned}) => own.has(thread) && isReturned);
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

		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other steps are not about who waits
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

/**
From the guest alone: the doorbell as a whole, the two ways having half each, and
what the longer ones take on top.
*/
export function doorbellEstimates(
	guest: GuestRecording,
	{notify, unwind}: ModelTimes,
	tcg: boolean,
): readonly Estimate[] {
	const whole = new Samples();
	for (const {start, end} of ownKicks(guest)) {
		whole.add(end - start - (tcg ? 0 : notify + unwind));
	}

	// The wait for the BQL is in the longer ones, and the model adds it by
	// itself, as it does the handler.
	return halvesOf(doorbellKeys(tcg), whole.upTo(whole.median + tick));
}

function halvesOf({there, back}: {readonly there: string; readonly back: string}, whole: Samples): readonly Estimate[] {
	if (whole.count < fewestSamples) {
		return [];
	}

	const half = new Samples();
	for (const value of whole.ordered()) {
		half.add(value / 2);
	}

	const how = 'half of vp_notify, entered to returned';
	return [there, back].map((key): Estimate => ({
		...measuredTime(key, half.spec(longestHostCost), half.count, 'doorbell', how),
		provenance: 'inferred',
		isPartOfMeasured: true,
	}));
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
