import {type Subject} from '../../session/subject.js';
import {type Excerpt} from '../../tracking/excerpt.js';
import {begunAt, waitBehind} from '../timeline/command-blame.js';
import {type Found} from '../timeline/find.js';
import {lasts} from '../timeline/words.js';

/** Windows that are looked into at once, how often, and commands that are kept of them. */
const mostWindows = 4;
const mostLooks = 4;
const mostCommands = 8;
/** How far before its window a command may have begun, ns. */
const longestReach = 20_000_000;

/**
The slowest commands of a run since its last change, the slowest first: those of the windows with
the highest means that can be shown. Time that a command waited for its client is not in it: the
excerpt begins where the client does.
*/
export function slowestOf(subject: Subject): readonly Found[] {
	const recorder = subject.run?.session.run.recorder;
	if (recorder === undefined) {
		return [];
	}

	recorder.advance(subject.now);
	const {windows, since} = recorder;
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
			.flatMap(({index, mean}) => livesIn(subject, [index * window, (index + 1) * window], mean));
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

type Slow = {
	readonly life: Excerpt['commands'][number];
	readonly took: number;
	readonly type: string | undefined;
	readonly wait: ReturnType<typeof waitBehind> | undefined;
};

/** The commands that were answered in a window, ns, of a mean life of so many us. */
function livesIn(subject: Subject, [from, to]: readonly [number, number], mean: number): readonly Slow[] {
	const reach = Math.min(longestReach, 4000 * mean);
	const excerpt = subject.wholeExcerpt?.(Math.max(0, from - reach), Math.min(to, subject.now));
	return (excerpt?.commands ?? [])
		.filter(({responded}) => responded >= from && responded < to)
		.map(life => ({
			life,
			took: life.responded - begunAt(life),
			type: excerpt?.typeNames[life.type],
			wait: excerpt === undefined ? undefined : waitBehind(excerpt, life),
		}));
}
