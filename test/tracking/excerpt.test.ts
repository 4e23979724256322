import fc from 'fast-check';
import {expect, test} from 'vitest';
import {perfetto, PerfettoWriter} from '../../source/export/perfetto-writer.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {blameChain} from '../../source/tracking/culprit.js';
import {type Excerpt, type Track, type TrackKind} from '../../source/tracking/excerpt.js';
import {ExcerptWriter} from '../../source/tracking/excerpt-writer.js';
import {UnderWay} from '../../source/tracking/under-way.js';
import {trial} from '../helpers/model-arbitrary.js';
import {
	bqlHolds,
	bqlWaits,
	listenTo,
	longestInside,
	qlockHolds,
	qlockWaits,
	type Span,
	type Told,
} from './brute-force.js';

const ms = 1_000_000;

type Written = {
	readonly simulation: Simulation;
	readonly excerpt: Excerpt;
	readonly told: readonly Told[];
	readonly chrome: string;
};

/** A stretch of a run from 0 on, told in every way that there is. */
function written(simulation: Simulation, from: number, to: number, grain = 0): Written {
	const told = listenTo(simulation);
	const underWay = new UnderWay(simulation);
	simulation.observe(underWay);
	simulation.runUntil(from);
	const writer = new ExcerptWriter(simulation, underWay, from, grain);
	const chrome = new PerfettoWriter({
		simulation,
		recorder: undefined,
		underWay,
		from,
	});
	simulation.observe(writer);
	simulation.observe(chrome);
	simulation.runUntil(to);
	return {
		simulation,
		told,
		chrome: chrome.text(to),
		excerpt: writer.excerpt(to),
	};
}

const ofSeed = (from: number, to: number, grain = 0): Written =>
	written(new Simulation(configurationOf(loadPreset('seed-2019-kick-under-lock')), 1), from, to, grain);

/** What overlaps an excerpt, as text. */
const shown = ({from}: Excerpt, spans: readonly Span[]): string[] =>
	spans
		.filter(({start, end}) => end >= from && end > start)
		.map(({actor, start, end}) => `${actor} ${start} ${end}`)
		.toSorted();

const trackOf = (excerpt: Excerpt, kind: TrackKind, index = 0): Track => {
	const track = excerpt.tracks.find(one => one.kind === kind && one.index === index);
	if (track === undefined) {
		throw new Error(`there is no track of ${kind} ${index}`);
	}

	return track;
};

/** Owned segments of a track, those of one owner that touch joined. */
function owned(track: Track): Span[] {
	const spans: Array<{actor: number; start: number; end: number}> = [];
	for (const {state, actor, start, end} of track.segments) {
		if (state === 'owned') {
			spans.push({actor, start, end});
		}
	}

	return spans;
}

/** The same, cut to an excerpt. */
const cut = ({from, to}: Excerpt, spans: readonly Span[]): Span[] =>
	spans
		.map(({actor, start, end}) => ({actor, start: Math.max(from, start), end: Math.min(to, end)}))
		.filter(({start, end}) => end > start);

/** Time by owner and start: two holds of one owner that touch are one segment. */
const timeOwned = (spans: readonly Span[]): string[] => {
	const times = new Map<number, number>();
	for (const {actor, start, end} of spans) {
		times.set(actor, (times.get(actor) ?? 0) + end - start);
	}

	return [...times].map(([actor, time]) => `${actor} ${time}`).toSorted();
};

function agree({excerpt, told, simulation}: Written): void {
	const {from, to} = excerpt;
	const guests = simulation.state.guest.core.roles.owners;
	const toActor = (spans: readonly Span[]): Span[] =>
		spans.map(({actor, start, end}) => ({actor: actor + guests, start, end}));
	const {queues} = simulation.state.guest.core;
	const of = (resource: number) => (spans: ReadonlyArray<Span & {readonly resource: number}>) =>
		spans.filter(span => span.resource === resource);
	for (const {id} of queues) {
		const holds = qlockHolds(told, to, id);
		expect(shown(excerpt, of(id)(excerpt.holds))).toEqual(shown(excerpt, holds));
		expect(shown(excerpt, of(id)(excerpt.waits))).toEqual(shown(excerpt, qlockWaits(told, to, id)));
		expect(timeOwned(owned(trackOf(excerpt, 'lock', id)))).toEqual(timeOwned(cut(excerpt, holds)));
	}

	const holds = toActor(bqlHolds(told, to));
	expect(shown(excerpt, of(queues.length)(excerpt.holds))).toEqual(shown(excerpt, holds));
	expect(shown(excerpt, of(queues.length)(excerpt.waits))).toEqual(shown(excerpt, toActor(bqlWaits(told, to))));
	expect(timeOwned(owned(trackOf(excerpt, 'bql')))).toEqual(timeOwned(cut(excerpt, holds)));
	for (const {segments} of excerpt.tracks) {
		expect(segments[0].start).toBe(from);
		expect(segments.at(-1)?.end).toBe(to);
		for (let i = 1; i < segments.length; i++) {
			expect(segments[i].start).toBe(segments[i - 1].end);
		}
	}
}

const key = (kind: number, {actor, start}: Span): string => `${kind} ${actor} ${start}`;

/**
The chain of a wait from spans of a walk over the events: who had it, and
what his other face waited for.
*/
function bruteChain({told, simulation, excerpt}: Written, wait: Span, resource: number): string[] {
	const {to, cast} = excerpt;
	const {core} = simulation.state.guest;
	const guests = core.roles.owners;
	const host = (spans: readonly Span[]): Span[] => spans.map(span => ({...span, actor: span.actor + guests}));
	const kinds = [
		...core.queues.map(({id}) => ({holds: qlockHolds(told, to, id), waits: qlockWaits(told, to, id)})),
		{holds: host(bqlHolds(told, to)), waits: host(bqlWaits(told, to))},
		...simulation.state.host.core.cpus.cpus.map(({id}) => ({
			holds: excerpt.holds.filter(hold => hold.resource === core.queues.length + 1 + id),
			waits: excerpt.waits.filter(other => other.resource === core.queues.length + 1 + id),
		})),
	];
	const names: string[] = [];
	const seen = new Set([key(resource, wait)]);
	let [now, kind] = [wait, resource];
	/* eslint-disable @typescript-eslint/no-loop-func -- called before the loop goes on */
	for (let depth = 0; depth < 8; depth++) {
		const hold = longestInside(
			kinds[kind].holds.filter(({actor, end, start}) => actor !== now.actor && end > start),
			now.start,
			now.end,
		);
		names.push(
			`${now.actor} waits ${now.start} to ${now.end} for ${kind}: ${hold?.actor ?? 'nobody'} ` +
				`${hold?.start ?? ''}`,
		);
		if (hold === undefined) {
			break;
		}

		const [start, end] = [Math.max(now.start, hold.start), Math.min(now.end, hold.end)];
		const exact = excerpt.holds.find(
			one => one.resource === kind && one.start === hold.start && one.actor === hold.actor,
		);
		const thread = exact === undefined || exact.vcpu < 0 ? -1 : guests + exact.vcpu;
		const own = kinds.flatMap(({waits}, index) =>
			waits
				.filter(({actor}) => actor === hold.actor || (thread >= 0 && actor === thread))
				.map(span => ({span, index})),
		);
		const next = longestInside(
			own.map(({span}) => span),
			start,
			end,
		);
		const found = own.find(({span}) => span === next);
		const time = next === undefined ? 0 : Math.min(next.end, end) - Math.max(next.start, start);
		if (found === undefined || time < 0.1 * (end - start) || seen.has(key(found.index, found.span))) {
			break;
		}

		seen.add(key(found.index, found.span));
		[now, kind] = [found.span, found.index];
	}
	/* eslint-enable @typescript-eslint/no-loop-func */

	expect(cast.length).toBeGreaterThan(guests);
	return names;
}

const chainOf = (excerpt: Excerpt, wait: Excerpt['waits'][number]): string[] =>
	blameChain(excerpt, wait).map(
		({wait: {actor, start, end, resource}, hold}) =>
			`${actor} waits ${start} to ${end} for ${resource}: ${hold?.actor ?? 'nobody'} ${hold?.start ?? ''}`,
	);

test('an excerpt of the seed preset says what a walk over the events says', () => {
	const run = ofSeed(10 * ms, 16 * ms);
	agree(run);
	expect(run.excerpt.waits.filter(({resource}) => resource === 0).length).toBeGreaterThan(50);
});

test('every chain of the seed preset is the one of a walk over the events, most through the doorbell to the main loop', () => {
	const run = ofSeed(5 * ms, 13 * ms);
	const {excerpt} = run;
	const waits = excerpt.waits.filter(({resource, start}) => resource === 0 && start >= excerpt.from);
	const roots = new Map<string, number>();
	for (const wait of waits) {
		const chain = chainOf(excerpt, wait);
		expect(chain).toEqual(bruteChain(run, wait, 0));
		const root = excerpt.cast[blameChain(excerpt, wait).at(-1)?.hold?.actor ?? 0].name;
		roots.set(root, (roots.get(root) ?? 0) + 1);
	}

	expect([...roots].toSorted(([, a], [, b]) => b - a)[0][0]).toBe('main loop');
});

/**
Slices of who holds what, as the Perfetto export has them beside those of
the excerpt; how many there are.
*/
function perfettoAgrees({excerpt, chrome}: Written): number {
	const {traceEvents} = JSON.parse(chrome) as {
		traceEvents: Array<{
			name: string;
			ph: string;
			pid: number;
			tid: number;
			ts: number;
			dur: number;
			args?: object;
		}>;
	};
	const us = (time: number): string => (time / 1000).toFixed(3);
	const laneOf = (pid: number, name: string): number | undefined =>
		traceEvents.find(
			event =>
				event.ph === 'M' &&
				event.pid === pid &&
				event.name === 'thread_name' &&
				(event.args as {name?: string} | undefined)?.name?.includes(name) === true,
		)?.tid;
	let count = 0;
	for (const [resource, {kind, name}] of excerpt.resources.entries()) {
		const pid = kind === 'qlock' ? 1 : 2;
		const lane = kind === 'cpu' ? undefined : laneOf(pid, name);
		const slices = traceEvents
			.filter(event => event.ph === 'X' && event.pid === pid && event.tid === lane && event.dur > 0)
			.map(event => `${event.name} ${event.ts.toFixed(3)} ${event.dur.toFixed(3)}`)
			.toSorted();
		const holds = cut(
			excerpt,
			excerpt.holds.filter(hold => hold.resource === resource),
		).map(
			({actor, start, end}) =>
				`${excerpt.cast[actor].name.replace(' QEMU thread', '')} ${us(start)} ${us(end - start)}`,
		);
		if (kind !== 'cpu') {
			expect(slices, name).toEqual(holds.toSorted());
			count += holds.length;
		}
	}

	return count;
}

test('the slices of the Perfetto export are those of the excerpt', () => {
	expect(perfettoAgrees(ofSeed(10 * ms, 14 * ms))).toBeGreaterThan(100);
	expect(perfetto.id).toBe('perfetto');
});

test('of random runs the excerpt says what a walk over the events says, chains and all', () => {
	fc.assert(
		fc.property(trial, fc.integer({min: 0, max: 2 * ms}), ({configuration, seed}, from) => {
			const run = written(new Simulation(configuration, seed), from, from + ms);
			agree(run);
			perfettoAgrees(run);
			const {excerpt} = run;
			const last = run.simulation.state.guest.core.queues.length;
			for (const wait of excerpt.waits
				.filter(({resource, start, end}) => resource >= 0 && resource <= last && start >= from && end > start)
				.slice(0, 6)) {
				expect(chainOf(excerpt, wait)).toEqual(bruteChain(run, wait, wait.resource));
			}
		}),
		{numRuns: 12, seed: 15, endOnFailure: true},
	);
});

test('in grains an excerpt has a cell a grain, whatever happens, and the longest wait', () => {
	const fine = ofSeed(10 * ms, 30 * ms).excerpt;
	const {excerpt} = ofSeed(10 * ms, 30 * ms, ms);
	const cells = trackOf(excerpt, 'vcpu', 1).segments;
	expect(cells).toHaveLength(20);
	expect(new Set(cells.map(({state}) => state))).toContain('spin');
	const length = ({start, end}: {readonly start: number; readonly end: number}): number => end - start;
	const longestOf = ({waits}: Excerpt): number =>
		Math.max(...waits.filter(({resource}) => resource === 0).map(wait => length(wait)));
	expect(longestOf(excerpt)).toBe(longestOf(fine));
});
