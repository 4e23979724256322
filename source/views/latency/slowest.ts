import {type Subject} from '../../session/subject.js';
import {type Excerpt} from '../../tracking/excerpt.js';
import {begunAt, waitBehind} from '../timeline/command-blame.js';
import {type Found} from '../timeline/find.js';
import {lasts} from '../timeline/words.js';

/** Windows that are looked into at once, how often, and commands that are kept of them. */
const mostWindows = 4;
const mostLooks = 4;
const mostCommands = 8;
/** How far before its window a command may have begun: mean lives of it, and ns at most. */
const lives = 4;
const longestReach = 20_000_000;

type Slow = {
	readonly life: Excerpt['commands'][number];
	readonly took: number;
	readonly type: string | undefined;
	readonly wait: ReturnType<typeof waitBehind> | undefined;
};

/**
The slowest commands of a run since its last change, the slowest first: those of the windows with
the highest means that can be shown. Time that a command waited for its client is not in it: the
excerpt begins where the client does.
*/
export function slowestOf(subject: Subject): readonly Found[] {
	const run = subject.run?.session.run;
	if (run === undefined) {
		return [];
	}

	const {recorder, timeline} = run;
	recorder.advance(subject.now);
	const changed = timeline.changes.at(-1)?.at ?? 0;
	let found = amongWindows(subject, recorder.since);
	if (found.length === 0 && changed < recorder.since) {
		// The figures were cut this very moment, by the end of the warm-up or by hand: what was
		// answered before is of the same setting.
		found = amongWindows(subject, changed);
	}

	if (found.length === 0) {
		// The window under way.
		const {end, window} = recorder.windows;
		found = livesIn(subject, [Math.max(changed, end * window), subject.now], longestReach);
	}

	return found
		.toSorted((a, b) => b.took - a.took)
		.slice(0, mostCommands)
		.map(({life, took, type = 'command', wait}) => ({
			time: begunAt(life),
			end: life.responded,
			wait,
			command: {queue: life.queue, number: life.number},
			words: `${type} ${life.number}, ${lasts(took)}`,
		}));
}

/** Commands of the windows since a time, ns, with the highest means. */
function amongWindows(subject: Subject, since: number): readonly Slow[] {
	const windows = subject.run?.session.run.recorder.windows;
	if (windows === undefined) {
		return [];
	}

	const {window} = windows;
	const first = Math.max(windows.first, Math.ceil(since / window));
	const slow = Array.from({length: Math.max(0, windows.end - first)}, (_, index) => first + index)
		.map(index => ({index, mean: Number(windows.value('latency.mean', index, index + 1) ?? 0)}))
		.filter(({mean}) => mean > 0)
		.toSorted((a, b) => b.mean - a.mean);
	let found: readonly Slow[] = [];
	for (let look = 0; look < mostLooks && found.length === 0; look++) {
		found = slow
			.slice(look * mostWindows, (look + 1) * mostWindows)
			.flatMap(({index, mean}) =>
				livesIn(subject, [index * window, (index + 1) * window], Math.min(longestReach, lives * 1000 * mean)),
			);
	}

	return found;
}

/** The commands that were answered in [from, to), ns, and began at most `reach` ns before it. */
function livesIn(subject: Subject, [from, to]: readonly [number, number], reach: number): readonly Slow[] {
	const excerpt =
		to > from ? subject.wholeExcerpt?.(Math.max(0, from - reach), Math.min(to, subject.now)) : undefined;
	return (excerpt?.commands ?? [])
		.filter(({responded}) => responded >= from && responded < to)
		.map(life => ({
			life,
			took: life.responded - begunAt(life),
			type: excerpt?.typeNames[life.type],
			wait: excerpt === undefined ? undefined : waitBehind(excerpt, life),
		}));
}
