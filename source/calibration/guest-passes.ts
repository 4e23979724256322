import {type GuestRecording, type RecordedKick, type RecordedRun} from '../trace/recording/guest-recording.js';

/**
A pass of the host's over what it had popped, as the guest sees it where interrupts come at the
end of passes: a run of the worker finds all of it answered. Times in ns.
*/
export type GuestPass = {
	readonly queue: number;
	/** How many commands it answered. */
	readonly commands: number;
	/** The doorbell that woke the host for it; null where the host went on from the pass before. */
	readonly kick: RecordedKick | null;
	/** It popped its last command between these: that was published, and the next one was. */
	readonly earliestPop: number;
	readonly latestPop: number;
	/** The interrupt at its end was taken. */
	readonly end: number;
};

/**
The passes that a recording shows, those left out whose interrupt came before the last command that
its worker answered was published: they are several.
*/
export function guestPasses({commands, kicks, irqs, runs}: GuestRecording): readonly GuestPass[] {
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

			const kick = rung[nextKick];
			const earliestPop = own[last].published;
			if (earliestPop < end) {
				passes.push({
					queue,
					commands: run.responses.length,
					kick: kick !== undefined && kick.start > before && kick.start < end ? kick : null,
					earliestPop,
					latestPop: Math.min(end, own[last + 1]?.published ?? end),
					end,
				});
			}

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
