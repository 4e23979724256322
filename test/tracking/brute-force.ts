import {type Simulation} from '../../source/simulation/simulation.js';
import {type TracepointName} from '../../source/tracepoints/tracepoints.js';

/** Everything that a run reports, in order. */
export type Told = {
	readonly name: TracepointName;
	readonly time: number;
	readonly actor: number;
	readonly subject: number;
	readonly value: number;
};

/** Begins to write down all that a run reports. */
export function listenTo(simulation: Simulation): readonly Told[] {
	const told: Told[] = [];
	simulation.observe({
		every(name, time, actor, subject, value) {
			told.push({
				name,
				time,
				actor,
				subject,
				value,
			});
		},
	});
	return told;
}

/** [start, end) of somebody, ns. */
export type Span = {readonly actor: number; readonly start: number; readonly end: number};

/**
Spans from an event that opens one for an actor to the one that closes
it; what is open ends at `end`.
*/
function spansOf(
	told: readonly Told[],
	end: number,
	edge: (event: Told) => 'open' | 'close' | undefined,
	one = false,
): Span[] {
	const open = new Map<number, {actor: number; start: number}>();
	const spans: Span[] = [];
	for (const event of told) {
		const key = one ? 0 : event.actor;
		const way = edge(event);
		const known = open.get(key);
		if (way === 'open' && known === undefined) {
			open.set(key, {actor: event.actor, start: event.time});
		} else if (way === 'close' && known !== undefined) {
			spans.push({...known, end: event.time});
			open.delete(key);
		}
	}

	return [...spans, ...[...open.values()].map(span => ({...span, end}))];
}

/** Who had the qlock of a queue, by walking over the events. */
export const qlockHolds = (told: readonly Told[], end: number, queue: number): Span[] =>
	spansOf(
		told,
		end,
		({name, subject}) =>
			subject === queue && name === 'lockAcquired'
				? 'open'
				: subject === queue && name === 'lockReleased'
					? 'close'
					: undefined,
		true,
	);

/** Who waited for it. */
export const qlockWaits = (told: readonly Told[], end: number, queue: number): Span[] =>
	spansOf(told, end, ({name, subject}) =>
		subject === queue && name === 'lockContended'
			? 'open'
			: subject === queue && name === 'lockAcquired'
				? 'close'
				: undefined,
	);

/** Who had the BQL, and who waited for it, by host thread. */
export const bqlHolds = (told: readonly Told[], end: number): Span[] =>
	spansOf(
		told,
		end,
		({name}) => (name === 'bqlAcquired' ? 'open' : name === 'bqlReleased' ? 'close' : undefined),
		true,
	);

export const bqlWaits = (told: readonly Told[], end: number): Span[] =>
	spansOf(told, end, ({name}) => (name === 'bqlContended' ? 'open' : name === 'bqlAcquired' ? 'close' : undefined));

/**
Whose time between two spans overlaps longest, step by step over all edges; ties:
who began first, then the lowest.
*/
export function longestInside(spans: readonly Span[], start: number, end: number): Span | undefined {
	const edges = [...new Set([start, end, ...spans.flatMap(span => [span.start, span.end])])]
		.filter(time => time >= start && time <= end)
		.toSorted((a, b) => a - b);
	const times = new Map<Span, number>();
	for (let index = 0; index + 1 < edges.length; index++) {
		for (const span of spans) {
			if (span.start <= edges[index] && span.end >= edges[index + 1]) {
				times.set(span, (times.get(span) ?? 0) + edges[index + 1] - edges[index]);
			}
		}
	}

	return [...times].toSorted(
		([a, timeA], [b, timeB]) => timeB - timeA || a.start - b.start || a.actor - b.actor,
	)[0]?.[0];
}
