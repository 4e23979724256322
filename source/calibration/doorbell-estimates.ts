import {type Estimate, measuredTime} from '../trace/recording/estimate.js';
import {type GuestRecording, type RecordedKick} from '../trace/recording/guest-recording.js';
import {fewestSamples, Samples, tick} from '../trace/recording/samples.js';
import {longestHostCost} from './interrupt-delivery.js';
import {type ModelTimes} from './model-times.js';

/** Doorbells that found the main loop awake from which they show what one takes. */
const enoughDoorbells = 10;

/**
What a doorbell's way to QEMU and its way back are called: under TCG it is a call, all but
the waiting with the BQL held.
*/
export function doorbellKeys(tcg: boolean): {readonly there: string; readonly back: string} {
	return tcg
		? {there: 'host.cost.notify', back: 'host.cost.unwind'}
		: {there: 'host.cost.exitUser', back: 'host.cost.entry'};
}

/** Doorbells by whether the main loop slept when they were rung. */
export class Doorbells {
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

export function preemptEstimates(doorbells: Doorbells, how: string): readonly Estimate[] {
	const {preempted} = doorbells.parts();
	return preempted === null
		? []
		: [measuredTime('host.cost.kickPreempt', preempted.spec(longestHostCost), preempted.count, 'doorbell', how)];
}

/**
Doorbells of the threads that send commands, with their return: other virtio
devices ring with the same function.
*/
export function ownKicks(guest: GuestRecording): readonly RecordedKick[] {
	const own = new Set(guest.commands.map(({thread}) => thread));
	return guest.kicks.filter(({thread, isReturned}) => own.has(thread) && isReturned);
}

/**
From the guest alone: the doorbell as a whole, the two ways having half each.
*/
export function doorbellEstimates(guest: GuestRecording, {notify, unwind}: ModelTimes): readonly Estimate[] {
	return halvesOf(doorbellKeys(false), usualDoorbell(guest, notify + unwind));
}

/** Rank of a doorbell that neither waited nor woke anybody. */
const bare = 0.1;

/**
Under TCG the way there is a call, and whoever is woken is so on the way back: half of the shortest
doorbells is the way there, and the rest of the usual ones the way back.
*/
export function callEstimates(guest: GuestRecording): readonly Estimate[] {
	const usual = usualDoorbell(guest, 0);
	if (usual.count < fewestSamples) {
		return [];
	}

	const {there} = callTimes(guest);
	const {there: thereKey, back: backKey} = doorbellKeys(true);
	return [
		{
			...measuredTime(
				thereKey,
				{kind: 'const', value: there},
				usual.count,
				'doorbell',
				'half of the shortest vp_notify, entered to returned',
			),
			provenance: 'inferred',
			isPartOfMeasured: true,
		},
		{
			...measuredTime(
				backKey,
				usual.minus(there).spec(longestHostCost),
				usual.count,
				'doorbell',
				'the rest of vp_notify, of the shorter half',
			),
			provenance: 'inferred',
			isPartOfMeasured: true,
		},
	];
}

/** ns from the entry into a doorbell to the device, and of all of a usual one, under TCG. */
export function callTimes(guest: GuestRecording): {readonly there: number; readonly whole: number} {
	const usual = usualDoorbell(guest, 0);
	return {there: Math.round(usual.quantile(bare) / 2), whole: usual.median};
}

/**
Times of the shorter half of the doorbells, less what the model adds: the wait for the BQL is in the
longer ones, and the model adds it by itself, as it does the handler.
*/
function usualDoorbell(guest: GuestRecording, less: number): Samples {
	const whole = new Samples();
	for (const {start, end} of ownKicks(guest)) {
		whole.add(end - start - less);
	}

	return whole.upTo(whole.median + tick);
}

export function halvesOf(
	{there, back}: {readonly there: string; readonly back: string},
	whole: Samples,
): readonly Estimate[] {
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
