import {type GuestRecording, type RecordedKick} from '../trace/recording/guest-recording.js';
import {fewestSamples, Samples} from '../trace/recording/samples.js';
import {type Load} from './guest-cost-estimates.js';
import {type GuestPass, guestPasses} from './guest-passes.js';

/** Passes of a queue that the slope is taken over: pairs are many. */
const mostPasses = 400;

/** What doorbells take, ns: the way to the device, and all of a usual one. */
export type Doorbell = {readonly there: number; readonly whole: number};

/** Times of a host that answers whole passes, ns, as the guest lets one guess them. */
export type PassTimes = {
	/** By queue: of a command, and from how many passes. */
	readonly service: ReadonlyMap<number, {readonly time: number; readonly passes: number}>;
	/** From a doorbell to the pass. */
	readonly wake: Samples;
	/** From the end of the pass to the interrupt. */
	readonly delivery: Samples;
	/** By how much doorbells took longer than a usual one. */
	readonly held: Samples;
};

/**
A pass is the longer the more commands it has, and that by which it grows is their service. What is
left of the time from the doorbell to the interrupt are two wake-ups, the main loop's and the
vCPU's: half each, where it is no longer than usual. The rest of a longer one is the vCPU's: were it
the main loop's, the client would have gone on meanwhile, as the main loop waits for a CPU or takes
the client's, but not both. Where it did go on, its commands bound the main loop's part.
*/
export function passTimes(
	guest: GuestRecording,
	{
		doorbell: {there, whole},
		eventIdx,
		load,
	}: {readonly doorbell: Doorbell; readonly eventIdx: boolean; readonly load: Load},
): PassTimes {
	const passes = guestPasses(guest, eventIdx).filter(
		({end, earliestPop}) => end >= load.start && earliestPop <= load.end,
	);
	const service = new Map<number, {readonly time: number; readonly passes: number}>();
	const wake = new Samples();
	const delivery = new Samples();
	const held = new Samples();
	for (const queue of [0, 1]) {
		const own = passes.filter(pass => pass.queue === queue);
		if (own.length < fewestSamples) {
			continue;
		}

		const time = serviceOf(own);
		service.set(queue, {time, passes: own.length});
		const rest = new Samples();
		for (const {kick, end, commands, isAlone, isCaughtUp} of own) {
			if (kick !== null && isAlone && isCaughtUp) {
				rest.add(end - kick.start - there - commands * time);
			}
		}

		const half = Math.max(0, rest.median / 2);
		/** From a doorbell to the end of its pass. */
		const busy: Array<{readonly start: number; readonly end: number}> = [];
		const woke = new Set<RecordedKick>();
		/** When the host was done with the pass before. */
		let free = -Infinity;
		for (const {kick, end, commands, earliestPop, latestPop, isFirst, isAlone, isCaughtUp} of own) {
			if (kick === null) {
				continue;
			}

			// A doorbell needs the BQL, which the host has until then.
			const start = isCaughtUp ? kick.start : Math.max(kick.start, free);
			const rung = start + there;
			const both = Math.max(0, end - rung - commands * time);
			const usual = isAlone ? Math.min(both / 2, half) : half;
			const woken = Math.max(0, earliestPop - rung, Math.min(usual, latestPop - rung));
			free = rung + woken + commands * time;
			// A pop before the doorbell: the pass before was shorter than its commands say.
			if (latestPop > rung) {
				wake.add(woken);
			}

			if (isFirst) {
				delivery.add(Math.max(0, both - woken));
			}

			busy.push({start: kick.start, end: free});
			woke.add(kick);
		}

		let at = 0;
		for (const kick of guest.kicks) {
			const isOfLoad = kick.queue === queue && kick.start >= load.start && kick.start <= load.end;
			// With event indices the host has popped all by then, so that each doorbell wakes it.
			if (isOfLoad && kick.isReturned && (eventIdx || woke.has(kick))) {
				while (at < busy.length && busy[at].start < kick.start) {
					at++;
				}

				held.add(Math.max(0, kick.end - Math.max(kick.start, busy[at - 1]?.end ?? 0) - whole));
			}
		}
	}

	return {service, wake, delivery, held};
}

/**
ns of service of a command: the slope of the line from the earliest time of the last pop to the end
of the pass, over its commands. How long the host took to wake up is not in that; it decides how
many commands wait, so that a line from the doorbell is steeper. Where passes are all of one size,
or it does not rise, a quarter of the usual.
*/
function serviceOf(all: readonly GuestPass[]): number {
	const alone = all.filter(({isAlone}) => isAlone);
	const step = Math.max(1, Math.ceil(alone.length / mostPasses));
	const passes = alone.filter((_, index) => index % step === 0);
	const slopes: Array<{readonly slope: number; readonly weight: number}> = [];
	let total = 0;
	for (const [index, a] of passes.entries()) {
		for (const b of passes.slice(index + 1)) {
			const weight = Math.abs(b.commands - a.commands);
			if (weight > 0) {
				slopes.push({
					slope: (b.end - b.earliestPop - (a.end - a.earliestPop)) / (b.commands - a.commands),
					weight,
				});
				total += weight;
			}
		}
	}

	slopes.sort((a, b) => a.slope - b.slope);
	let below = 0;
	const middle = slopes.find(({weight}) => {
		below += weight;
		return below >= total / 2;
	});
	if (middle !== undefined && middle.slope > 0) {
		return middle.slope;
	}

	const each = new Samples();
	for (const {end, earliestPop, commands} of all) {
		each.add(Math.max(0, end - earliestPop) / commands);
	}

	return each.median / 4;
}
