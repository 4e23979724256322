import {type UpcomingEvent} from '../../engine/event-loop.js';
import {blockEvents} from '../../run/run.js';
import {eventKind} from '../../simulation/event-kind.js';
import {type Simulation} from '../../simulation/simulation.js';
import {type FirstDifference, type SideEvent} from './report.js';

const kindNames: ReadonlyMap<number, string> = new Map(Object.entries(eventKind).map(([name, kind]) => [kind, name]));

/** Runs one to at most `events` events in all, or to `end` (ns). True when it is there. */
export function runToEvent(simulation: Simulation, events: number, end: number): boolean {
	const left = events - simulation.events;
	return left <= 0 || simulation.runUntil(end, left) || simulation.events >= events;
}

/**
Runs both by blocks until their hashes differ, and says how many events are the same for
certain: the difference comes within the next block. Null when there is none before `end`
(ns) and the budget of events.
*/
export function lastEqualBlock(a: Simulation, b: Simulation, end: number, budget: number): number | null {
	for (let equal = 0; ;) {
		const goal = Math.min(budget, equal + blockEvents);
		for (const side of [a, b]) {
			runToEvent(side, goal, end);
		}

		if (a.events !== b.events || a.eventHash() !== b.eventHash()) {
			return equal;
		}

		if (a.events < goal || goal === budget) {
			return null;
		}

		equal = goal;
	}
}

/** The next event of a run before `end` (ns); null when there is none. */
export function nextEvent(simulation: Simulation, end: number): UpcomingEvent | null {
	const event = simulation.upcoming();
	return event !== null && event.time < end ? event : null;
}

export function isSameEvent(a: UpcomingEvent | null, b: UpcomingEvent | null): boolean {
	return a === null || b === null
		? a === b
		: a.time === b.time && a.kind === b.kind && a.actor === b.actor && a.argument === b.argument;
}

/**
The first event that differs between two runs, which `create` makes at time 0 as often as it
is asked; null when none does.
*/
export function firstDifference(
	create: () => readonly [Simulation, Simulation],
	end: number,
	budget: number,
): FirstDifference | null {
	const equal = lastEqualBlock(...create(), end, budget);
	if (equal === null) {
		return null;
	}

	const [a, b] = create();
	runToEvent(a, equal, end);
	runToEvent(b, equal, end);
	for (;;) {
		const [left, right] = [nextEvent(a, end), nextEvent(b, end)];
		if (left === null || !isSameEvent(left, right)) {
			return differenceOf(a.events, left, right);
		}

		a.step();
		b.step();
	}
}

/** The events that two runs have next, after `index` that are the same. */
export function differenceOf(index: number, a: UpcomingEvent | null, b: UpcomingEvent | null): FirstDifference {
	return {
		index,
		time: Math.min(a?.time ?? Infinity, b?.time ?? Infinity) / 1e9,
		a: sideEvent(a),
		b: sideEvent(b),
	};
}

function sideEvent(event: UpcomingEvent | null): SideEvent | null {
	if (event === null) {
		return null;
	}

	const {kind, actor, argument, time} = event;
	return {
		kind: kindNames.get(kind) ?? String(kind),
		actor,
		argument,
		time: time / 1e9,
	};
}
