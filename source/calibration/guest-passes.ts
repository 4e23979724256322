import {type GuestRecording, type RecordedKick, type RecordedRun} from '../trace/recording/guest-recording.js';

/**
A pass of the host's over what it had popped, as the guest sees it where interrupts come at the
end of passes: a run of the worker finds all of it answered. Times in ns.
*/
export type GuestPass = {
	readonly queue: number;
	/** How many commands it answered. */
	readonly commands: number;
	/** The doorbell for it; null where the host went on from the pass before without one. */
	readonly kick: RecordedKick | null;
	/** It popped its last command between these. */
	readonly earliestPop: number;
	readonly latestPop: number;
	/** The interrupt behind it was taken. */
	readonly end: number;
	/** Since the interrupt before that it is the first pass. */
	readonly isFirst: boolean;
	/** And the only one. */
	readonly isAlone: boolean;
	/** All before it was answered when its doorbell rang. */
	readonly isCaughtUp: boolean;
};

/**
The passes that a recording shows, by the interrupts that were taken behind them. A pass has popped
its last command after that was published, and before the next one was, if that is not answered.
With event indices a doorbell is asked for once the host has popped all that was published before:
each doorbell begins a pass.
*/
export function guestPasses({commands, kicks, irqs, runs}: GuestRecording, eventIdx: boolean): readonly GuestPass[] {
	const submitters = new Set(commands.map(({thread}) => thread));
	return [0, 1].flatMap(queue => {
		const own = commands.filter(command => command.queue === queue);
		const places = new Map(own.map(({index}, place) => [index, place]));
		const rung = kicks.filter(kick => kick.queue === queue && submitters.has(kick.thread));
		const entries = irqs.filter(irq => irq.queue === queue).map(({entry}) => entry);
		const passes: GuestPass[] = [];
		let nextEntry = 0;
		let nextKick = 0;
		let before = -Infinity;
		let used: RecordedKick | null = null;
		for (const run of runs.filter(({queue: of, responses}) => of === queue && responses.length > 0)) {
			while (nextEntry < entries.length && entries[nextEntry] <= (run.queued ?? run.start)) {
				nextEntry++;
			}

			const end = entries[nextEntry - 1];
			const {first, last} = placesOf(run, places);
			if (end === undefined || end <= before || first === undefined || last === undefined) {
				continue;
			}

			// The first doorbell that knew of a command of it.
			while (nextKick < rung.length && rung[nextKick].after <= own[first].index) {
				nextKick++;
			}

			let from = first;
			let isFirst = true;
			let kick: RecordedKick | null = rung[nextKick] ?? null;
			if (kick !== null && (kick === used || kick.start >= end || (!eventIdx && kick.start <= before))) {
				kick = null;
			}

			const isCaughtUp = kick !== null && kick.start > before;
			let later = eventIdx ? rung[nextKick + 1] : undefined;
			while (kick !== null && later !== undefined && later.start < end) {
				let to = from;
				while (to < last && own[to + 1].index < later.after - 1) {
					to++;
				}

				passes.push({
					queue,
					commands: to + 1 - from,
					kick,
					earliestPop: own[to].published,
					latestPop: later.start,
					end,
					isFirst,
					isAlone: false,
					isCaughtUp: isFirst && isCaughtUp,
				});
				from = Math.min(to + 1, last);
				isFirst = false;
				kick = later;
				nextKick++;
				later = rung[nextKick + 1];
			}

			if (own[last].published < end) {
				passes.push({
					queue,
					commands: last + 1 - from,
					kick,
					earliestPop: own[last].published,
					latestPop: Math.min(end, own[last + 1]?.published ?? end),
					end,
					isFirst,
					isAlone: isFirst,
					isCaughtUp: isFirst && isCaughtUp,
				});
			}

			used = kick;
			before = end;
		}

		return passes;
	});
}

/** Where the run's commands stand among those of their queue. */
function placesOf(
	{responses}: RecordedRun,
	places: ReadonlyMap<number, number>,
): {readonly first: number | undefined; readonly last: number | undefined} {
	let first: number | undefined;
	let last: number | undefined;
	for (const {command} of responses) {
		const place = places.get(command);
		if (place !== undefined) {
			first = Math.min(first ?? place, place);
			last = Math.max(last ?? place, place);
		}
	}

	return {first, last};
}
