import {type CommandName} from '../../protocol/commands.js';
import {type Alignment} from './align.js';
import {type Estimate, measuredTime} from './estimate.js';
import {type GuestRecording} from './guest-recording.js';
import {type HostRecording, type HostStep} from './host-recording.js';
import {type ModelTimes} from './model-times.js';
import {fewestSamples, Samples, tick} from './samples.js';

const longestHostCost = 10_000_000;
const longestService = 1_000_000_000;

/** Times of the host's steps that a QEMU log shows: pop, service, wake-up of the main loop. */
export function hostCostEstimates(host: HostRecording, {push, msi}: ModelTimes): readonly Estimate[] {
	const [control, cursor] = host.rings();
	const isGpu = (vq: string): boolean => vq === control || vq === cursor;
	const mainLoop = host.steps.find(({what}) => what === 'command')?.thread;
	const service = new Map<CommandName, Samples>();
	const pop = new Samples();
	const wake = new Samples();
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
			const samples = service.get(command.command) ?? new Samples();
			service.set(command.command, samples);
			samples.add(time - command.time - push - (isNotified ? msi : 0));
			command = null;
		}

		isNotified = false;
	};

	for (const step of host.steps) {
		if (step.what === 'kick') {
			if (isGpu(step.vq)) {
				kickedBusy ||= pending > 0;
				kickedIdle = pending === 0 ? kickedIdle ?? step.time : kickedIdle;
			}
		} else if (step.thread === mainLoop && (step.what === 'command' || isGpu(step.vq))) {
			switch (step.what) {
				case 'pop': {
					if (previous?.what === 'pop') {
						pop.add(step.time - previous.time);
					} else if (kickedIdle !== null) {
						wake.add(step.time - kickedIdle);
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

	put('host.cost.loopWake', wake, 'host wake', 'virtio_queue_notify to the first virtqueue_pop, the loop having been idle');
	put('host.cost.poll', pass, 'host wake', 'end of a pass to the first virtqueue_pop of the next, a kick waiting');
	put('host.cost.pop', pop, 'host service', 'from one virtqueue_pop to the next');
	for (const [name, samples] of service) {
		put(`device.cost.${name}`, samples, 'host service', 'from its event to the next command of the pass, or to its virtqueue_flush');
	}

	return estimates;
}

type Crossing = {readonly guest: GuestRecording; readonly host: HostRecording; readonly alignment: Alignment; readonly ioeventfd: boolean; readonly times: ModelTimes};

/** Times between guest and host, their clocks aligned: exit, entry, interrupt delivery. */
export function crossingEstimates({guest, host, alignment: {offset}, ioeventfd, times}: Crossing): readonly Estimate[] {
	const [control, cursor] = host.rings();
	const mainLoop = host.steps.find(({what}) => what === 'command')?.thread;
	const kicks = host.steps.filter(step => step.what === 'kick' && (step.vq === control || step.vq === cursor)).map(({time}) => time + offset);
	const busy = host.steps.filter(({thread, what}) => thread === mainLoop && what !== 'kick').map(({time}) => time + offset);
	const exit = new Samples();
	const entry = new Samples();
	const own = new Set(guest.commands.map(({thread}) => thread));
	let next = 0;
	for (const {start, end, thread, isReturned} of guest.kicks) {
		if (!own.has(thread) || !isReturned) {
			continue;
		}

		while (next < kicks.length && kicks[next] < start) {
			next++;
		}

		const at = kicks[next];
		if (at !== undefined && at <= end) {
			if (!hasBetween(busy, start, at)) {
				exit.add(at - start - times.notify);
			}

			entry.add(end - at - times.unwind);
		}
	}

	const delivery = deliveryTimes(guest, host, offset);
	const estimates: Estimate[] = [];
	if (ioeventfd) {
		const whole = new Samples();
		const wake = new Samples();
		let seen = 0;
		for (const {start, end, thread, isReturned} of guest.kicks) {
			if (own.has(thread) && isReturned) {
				whole.add(end - start);
				while (seen < kicks.length && kicks[seen] < start) {
					seen++;
				}

				if (seen < kicks.length && !hasBetween(busy, start, kicks[seen])) {
					wake.add(kicks[seen] - end);
				}
			}
		}

		estimates.push(...doorbellHalves('host.cost.exitKernel', whole));
		if (wake.count >= fewestSamples) {
			estimates.push(measuredTime('host.cost.loopWake', wake.spec(longestHostCost), wake.count, 'host wake', 'return of vp_notify to virtio_queue_notify in the main loop, which had been idle'));
		}
	} else if (exit.count >= fewestSamples && entry.count >= fewestSamples) {
		estimates.push(
			measuredTime('host.cost.exitUser', exit.spec(longestHostCost), exit.count, 'doorbell', 'vp_notify entered to virtio_queue_notify, the main loop being idle'),
			measuredTime('host.cost.entry', entry.spec(longestHostCost), entry.count, 'doorbell', 'virtio_queue_notify to the return of vp_notify'),
		);
	}

	if (delivery.count >= fewestSamples) {
		const spec = delivery.minus(times.msi).spec(longestHostCost);
		estimates.push(
			{
				key: 'host.haltPoll', value: 0, provenance: 'inferred', how: 'the delay of an interrupt was measured whole', knob: null,
			},
			measuredTime('host.cost.haltWake', spec, delivery.count, 'interrupt', 'virtio_notify to irq_handler_entry'),
			measuredTime('host.cost.irqDelivery', spec, delivery.count, 'interrupt', 'virtio_notify to irq_handler_entry'),
		);
	}

	return estimates;
}

/** From the guest alone: the doorbell as a whole, the two ways having half each. */
export function doorbellEstimates(guest: GuestRecording, {notify, unwind}: ModelTimes): readonly Estimate[] {
	const own = new Set(guest.commands.map(({thread}) => thread));
	const whole = new Samples();
	for (const {start, end, thread, isReturned} of guest.kicks) {
		if (own.has(thread) && isReturned) {
			whole.add(end - start);
		}
	}

	// The wait for the BQL is in the longer ones, and the model adds it by itself, as it does the handler.
	const low = new Samples();
	const most = whole.median + tick;
	for (const value of whole.ordered()) {
		if (value <= most) {
			low.add(value - notify - unwind);
		}
	}

	return doorbellHalves('host.cost.exitUser', low);
}

function doorbellHalves(exitKey: string, whole: Samples): readonly Estimate[] {
	if (whole.count < fewestSamples) {
		return [];
	}

	const half = new Samples();
	for (const value of whole.ordered()) {
		half.add(value / 2);
	}

	const how = 'half of vp_notify, entered to returned';
	return [exitKey, 'host.cost.entry'].map((key): Estimate => ({...measuredTime(key, half.spec(longestHostCost), half.count, 'doorbell', how), provenance: 'inferred', isPartOfMeasured: true}));
}

function deliveryTimes(guest: GuestRecording, host: HostRecording, offset: number): Samples {
	const samples = new Samples();
	for (const [queue, vq] of host.rings().entries()) {
		const msis = host.steps.filter(step => step.what === 'notify' && step.vq === vq).map(({time}) => time + offset);
		const irqs = guest.irqs.filter(irq => irq.queue === queue);
		let next = 0;
		for (const {entry} of irqs) {
			let latest: number | null = null;
			for (; next < msis.length && msis[next] <= entry; next++) {
				// The first of several merged ones: the others came while it waited.
				latest ??= msis[next];
			}

			if (latest !== null) {
				samples.add(entry - latest);
			}
		}
	}

	return samples;
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
