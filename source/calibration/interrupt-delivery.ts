import {type Alignment} from '../trace/recording/align.js';
import {type Estimate, measuredTime} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {fewestSamples, Samples, tick} from '../trace/recording/samples.js';

/** Longest cost of the host that a parameter takes, ns. */
export const longestHostCost = 10_000_000;

/**
The delay of an interrupt. A vCPU that had halted enters the guest at its end, which
takes its time in the model too.
*/
export function deliveryEstimates(
	guest: GuestRecording,
	host: HostRecording,
	{offset, entry, msi}: {readonly offset: number; readonly entry: number; readonly msi: number},
): readonly Estimate[] {
	const {halted, running} = deliveryTimes(guest, host, offset);
	const all = new Samples();
	all.addAll(halted);
	all.addAll(running);
	if (all.count < fewestSamples) {
		return [];
	}

	const wake = halted.count >= fewestSamples ? halted : all;
	const delivery = running.count >= fewestSamples ? running : all;
	return [
		{
			key: 'host.haltPoll',
			value: 0,
			provenance: 'inferred',
			how: 'the delay of an interrupt was measured whole',
			knob: null,
		},
		measuredTime(
			'host.cost.haltWake',
			wake.minus(msi + entry).spec(longestHostCost),
			wake.count,
			'interrupt',
			'virtio_notify to irq_handler_entry, the vCPU having been idle, less host.cost.entry',
		),
		measuredTime(
			'host.cost.irqDelivery',
			delivery.minus(msi).spec(longestHostCost),
			delivery.count,
			'interrupt',
			'virtio_notify to irq_handler_entry',
		),
	];
}

/**
Under TCG a vCPU takes the BQL for an interrupt, so none arrives before the end of the main loop's
pass in which it was sent: the model does that wait by itself. What is measured is the rest,
between two takings of the BQL.
*/
export function emulatedDelivery(guest: GuestRecording, host: HostRecording, offset: number): readonly Estimate[] {
	const gap = new Samples();
	for (const {delay, rest} of sentInterrupts(guest, host, offset)) {
		gap.add(delay - rest);
	}

	if (gap.count < fewestSamples) {
		return [];
	}

	const how = 'the delay of an interrupt is measured from the end of the pass';
	return [
		...['host.bql.perWake', 'host.bql.perInterrupt'].map((key): Estimate => ({
			key,
			value: 2,
			provenance: 'inferred',
			how,
			knob: null,
		})),
		{
			key: 'host.cost.haltWake',
			value: {kind: 'const', value: 0},
			provenance: 'inferred',
			how,
			knob: null,
		},
		measuredTime(
			'host.cost.apicGap',
			gap.from(0).spec(longestHostCost),
			gap.count,
			'interrupt',
			'end of the pass, or virtio_notify, to irq_handler_entry',
		),
	];
}

/**
ns of its pass that must have been left when an interrupt was sent for its delay to tell
whether it waited for the end.
*/
const longRest = 20_000;

/**
Such interrupts from which the accelerator shows, and the share of them that
may have come earlier for TCG.
*/
const enoughSent = 4;
const mostEarly = 0.05;

/**
Whether the guest's interrupts wait for the end of the main loop's pass, as under TCG where a vCPU
takes the BQL for them; null where too few were sent in the middle of one.
*/
export function accelOf(
	guest: GuestRecording,
	host: HostRecording,
	{offset, uncertainty}: Alignment,
): {readonly tcg: boolean; readonly how: string} | null {
	const telling = sentInterrupts(guest, host, offset).filter(({rest}) => rest >= longRest + 2 * uncertainty);
	const early = telling.filter(({delay, rest}) => delay < rest - uncertainty - tick).length;
	return telling.length < enoughSent
		? null
		: {
				tcg: early <= mostEarly * telling.length,
				how:
					`${early} of ${telling.length} interrupts that were sent in the middle of the main loop's pass ` +
					'arrived before its end, and the BQL is held until then',
			};
}

/**
By interrupt that the guest took: ns since the host sent it, and how much of the
main loop's pass was left then.
*/
function sentInterrupts(
	guest: GuestRecording,
	host: HostRecording,
	offset: number,
): ReadonlyArray<{readonly delay: number; readonly rest: number}> {
	const rings = host.rings();
	const ends: number[] = [];
	let pending = 0;
	const sent: Array<{readonly time: number; readonly queue: number; readonly pass: number}> = [];
	for (const step of host.steps) {
		if (!rings.includes(step.vq)) {
			continue;
		}

		switch (step.what) {
			case 'pop': {
				pending++;
				break;
			}

			case 'flush': {
				pending = Math.max(0, pending - step.count);
				if (pending === 0) {
					ends.push(step.time + offset);
				}

				break;
			}

			case 'notify': {
				// The notify of the pass's last command comes behind its flush.
				sent.push({
					time: step.time + offset,
					queue: rings.indexOf(step.vq),
					pass: pending === 0 ? -1 : ends.length,
				});
				break;
			}

			default: {
				break;
			}
		}
	}

	const found: Array<{readonly delay: number; readonly rest: number}> = [];
	for (const queue of [0, 1]) {
		const own = sent.filter(msi => msi.queue === queue);
		let next = 0;
		for (const {entry} of guest.irqs.filter(irq => irq.queue === queue)) {
			let first: (typeof own)[number] | null = null;
			for (; next < own.length && own[next].time <= entry; next++) {
				first ??= own[next];
			}

			if (first !== null) {
				found.push({
					delay: entry - first.time,
					rest: first.pass === -1 ? 0 : Math.max(0, (ends[first.pass] ?? first.time) - first.time),
				});
			}
		}
	}

	return found;
}

function deliveryTimes(
	guest: GuestRecording,
	host: HostRecording,
	offset: number,
): {readonly halted: Samples; readonly running: Samples} {
	const halted = new Samples();
	const running = new Samples();
	for (const [queue, vq] of host.rings().entries()) {
		const msis = host.steps.filter(step => step.what === 'notify' && step.vq === vq).map(({time}) => time + offset);
		const irqs = guest.irqs.filter(irq => irq.queue === queue);
		let next = 0;
		for (const {entry, isIdle} of irqs) {
			let latest: number | null = null;
			for (; next < msis.length && msis[next] <= entry; next++) {
				// The first of several merged ones: the others came while it waited.
				latest ??= msis[next];
			}

			if (latest !== null) {
				(isIdle ? halted : running).add(entry - latest);
			}
		}
	}

	return {halted, running};
}
