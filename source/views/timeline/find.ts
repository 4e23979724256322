import {type Session} from '../../session/session.js';
import {type Subject} from '../../session/subject.js';
import {type CommandLife, type Excerpt, type Wait} from '../../tracking/excerpt.js';
import {waitBehind} from './command-blame.js';
import {lasts, waitWords} from './words.js';

/** What the keys n and N jump to. */
export const findKinds = [
	'contention',
	'ring full',
	'IRQ',
	'missed frame',
	'stall',
	'fault',
	'change',
	'slowest',
] as const;

export type FindKind = (typeof findKinds)[number];

/** A place in time (ns) with what is there. */
export type Found = {
	readonly time: number;
	/** Its end, ns, where it is to be seen whole. */
	readonly end?: number;
	readonly wait?: Wait | undefined;
	readonly command?: {readonly queue: number; readonly number: number};
	readonly words: string;
};

/** Windows that a search looks at, at most. */
const mostWindows = 20_000;
/** How far before the window of its end a command may have begun, ns. */
const longestLife = 20_000_000;
/** A window may hold none although its figure is not 0: the next ones are looked at, so many. */
const mostTries = 4;

/** The metric whose windows of a run tell where there may be some. */
const metrics: Readonly<Partial<Record<FindKind, string>>> = {
	contention: 'lock.contended',
	'ring full': 'ring.fullWaits',
	IRQ: 'irqs.perSecond',
	slowest: 'latency.mean',
};

const took = ({published, responded}: CommandLife): number => (responded < 0 ? 0 : responded - published);

/**
Everything of a kind in an excerpt, by time; a command that was answered before
`from` (ns) is not the slowest.
*/
export function foundIn(excerpt: Excerpt, kind: FindKind, from = 0): Found[] {
	const waits = (accept: (wait: Wait) => boolean): Found[] =>
		excerpt.waits
			.filter(wait => accept(wait))
			.map(wait => ({time: wait.start, wait, words: waitWords(excerpt, wait)}))
			.toSorted((a, b) => a.time - b.time);
	switch (kind) {
		case 'contention': {
			return waits(({resource}) => resource >= 0 && excerpt.resources[resource].kind === 'qlock');
		}

		case 'ring full': {
			return waits(({resource}) => resource < 0);
		}

		case 'IRQ':
		case 'fault': {
			return excerpt.moments
				.filter(moment => moment.kind === (kind === 'IRQ' ? 'irq' : 'fault'))
				.map(({time, of}) => ({time, words: kind === 'IRQ' ? `IRQ on vCPU ${of}` : 'a fault strikes'}));
		}

		case 'slowest': {
			const [slowest] = excerpt.commands
				.filter(({responded}) => responded >= from)
				.toSorted((a, b) => took(b) - took(a));
			return slowest === undefined || took(slowest) === 0
				? []
				: [
						{
							time: slowest.published,
							end: slowest.responded,
							wait: waitBehind(excerpt, slowest),
							command: {queue: slowest.queue, number: slowest.number},
							words:
								`${excerpt.typeNames[slowest.type] ?? 'command'} ${slowest.number}, ` +
								`${lasts(took(slowest))}`,
						},
					];
		}

		default: {
			return [];
		}
	}
}

const nearest = (found: readonly Found[], time: number, direction: -1 | 1): Found | undefined =>
	direction > 0 ? found.find(one => one.time > time) : found.findLast(one => one.time < time);

/**
Times that are known without looking: of changes, of a stall, of faults as they
are planned, of missed frames.
*/
function knownTimes(session: Session, kind: FindKind): readonly Found[] | undefined {
	const {run} = session;
	switch (kind) {
		case 'change': {
			return run.timeline.changes.map(({at, set}) => ({time: at, words: Object.keys(set).join(', ')}));
		}

		case 'stall': {
			return run.simulation.stall() === null ? [] : [{time: session.now, words: 'both sides asleep'}];
		}

		case 'fault': {
			return run.start.faults.flatMap(({kind: name, at, every}) =>
				Array.from(
					{length: every === undefined ? 1 : Math.min(10_000, Math.ceil((session.now - at) / every))},
					(_, index) => ({
						time: at + index * (every ?? 0),
						words: name,
					}),
				).filter(({time}) => time <= session.now),
			);
		}

		case 'missed frame': {
			return missedFrames(session);
		}

		default: {
			return undefined;
		}
	}
}

function missedFrames(session: Session): readonly Found[] {
	const {recorder, simulation} = session.run;
	const {windows} = recorder;
	const names = simulation.configuration.clients.filter(({kind}) => kind === 'paced').map(({name}) => name);
	const found: Found[] = [];
	for (let index = Math.max(windows.first, windows.end - mostWindows); index < windows.end; index++) {
		for (const name of names) {
			if (Number(windows.value(`frames.${name}.missed`, index, index + 1)) > 0) {
				found.push({time: index * windows.window, words: `${name} missed a frame`});
			}
		}
	}

	return found;
}

/** Numbers of the windows in which there may be some, nearest first. */
function windowsWith(session: Session, kind: FindKind, time: number, direction: -1 | 1): readonly number[] {
	const {windows} = session.run.recorder;
	const path = metrics[kind] ?? '';
	const here = Math.floor(time / windows.window);
	const value = (index: number): number => Number(windows.value(path, index, index + 1) ?? 0);
	if (kind === 'slowest') {
		let best = -1;
		for (let index = windows.first; index < windows.end; index++) {
			const isBeyond = direction > 0 ? index > here : index < here;
			best = isBeyond && value(index) > (best < 0 ? 0 : value(best)) ? index : best;
		}

		return best < 0 ? [] : [best];
	}

	const indices: number[] = [];
	const last = direction > 0 ? windows.end - 1 : windows.first;
	for (
		let index = Math.max(windows.first, Math.min(windows.end - 1, here));
		(last - index) * direction >= 0 && indices.length < mostTries;
		index += direction
	) {
		if (index >= windows.first && index < windows.end && value(index) > 0) {
			indices.push(index);
		}
	}

	return indices;
}

/** The next or previous of a kind from a time (ns) on, in what is kept of a subject. */
export function find(subject: Subject, kind: FindKind, time: number, direction: -1 | 1): Found | undefined {
	const session = subject.run?.session;
	if (session === undefined) {
		const all = subject.wholeExcerpt?.(subject.start, subject.now);
		return all === undefined ? undefined : nearest(foundIn(all, kind), time, direction);
	}

	const known = knownTimes(session, kind);
	if (known !== undefined) {
		return nearest(
			known.toSorted((a, b) => a.time - b.time),
			time,
			direction,
		);
	}

	session.run.recorder.advance(session.now);
	const {window, end} = session.run.recorder.windows;
	const candidates = windowsWith(session, kind, time, direction).map(
		index => [index * window, (index + 1) * window] as const,
	);
	// The last window is not whole.
	const rest = [end * window, session.now] as const;
	const stretches = kind === 'slowest' ? candidates : direction > 0 ? [...candidates, rest] : [rest, ...candidates];
	for (const [from, to] of stretches) {
		const isSlowest = kind === 'slowest';
		const excerpt =
			to > from ? subject.wholeExcerpt?.(isSlowest ? Math.max(0, from - longestLife) : from, to) : undefined;
		const own = excerpt === undefined ? [] : foundIn(excerpt, kind, from);
		const found = isSlowest
			? own[0]
			: nearest(
					own.filter(one => one.time >= from && one.time < to),
					time,
					direction,
				);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}
