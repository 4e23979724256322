import {type Subject} from '../../session/subject.js';
import {begunAt, waitBehind} from '../timeline/command-blame.js';
import {type Found} from '../timeline/find.js';
import {lasts} from '../timeline/words.js';

/** Windows that are looked into, and commands that are kept of them. */
const mostWindows = 4;
const mostCommands = 8;
/** How far before its window a command may have begun, ns. */
const longestReach = 20_000_000;

/**
The slowest commands of a run since its last change, the slowest first: those of the
windows with the highest means. Time that a command waited for its client is not in it: the
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
		.toSorted((a, b) => b.mean - a.mean)
		.slice(0, mostWindows);
	const found = slow.flatMap(({index, mean}) => {
		const [from, to] = [index * window, (index + 1) * window];
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
	});
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
