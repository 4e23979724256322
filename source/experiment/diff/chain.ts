import {type Entry, type EventLog} from './event-log.js';
import {type FeltLife} from './felt.js';
import {type Link} from './report.js';
import {Waits} from './waits.js';
import {microseconds, stageStart} from './wait-words.js';
import {Names} from './words.js';

type Logs = readonly [EventLog, EventLog];

const sideName = ['a', 'b'] as const;

/**
The first thing that one side says and the other does not say then. Runs both on to `to` (ns), far
enough to see what the other side does instead.
*/
export function firstLink([a, b]: Logs, to: number): Link | null {
	for (const {simulation} of [a, b]) {
		simulation.runUntil(to);
	}

	const names = new Names(a.simulation);
	const index = firstOther(a.entries, b.entries);
	const [left, right] = [a.entries.at(index), b.entries.at(index)];
	if (left === undefined && right === undefined) {
		return null;
	}

	const isLeft = right === undefined || (left !== undefined && left.time <= right.time);
	const other = isLeft ? b : a;
	const entry = isLeft ? left : right;
	if (entry === undefined) {
		return null;
	}

	const instead = other.entries.slice(index).find(one => isOfSame(entry, one));
	const [here, there] = isLeft ? sideName : ([sideName[1], sideName[0]] as const);
	const who = names.who(entry);
	return {
		time: entry.time / 1e9,
		what:
			instead === undefined
				? `${who} ${names.does(entry)} in ${here} only`
				: instead.name === entry.name && names.does(entry) === names.does(instead)
					? `${who} ${names.does(entry)}; in ${there} ${apart(instead.time - entry.time)}`
					: `in ${here} ${who} ${names.does(entry)}; in ${there} it ${names.does(instead)}`,
	};
}

function apart(time: number): string {
	return time === 0 ? 'with another argument' : `${microseconds(Math.abs(time))} ${time > 0 ? 'later' : 'earlier'}`;
}

/** Where two lists begin to differ; the length of the shorter one when that is where it ends. */
export function firstOther(a: readonly Entry[], b: readonly Entry[]): number {
	const length = Math.min(a.length, b.length);
	for (let index = 0; index < length; index++) {
		const [left, right] = [a[index], b[index]];
		if (
			left.time !== right.time ||
			left.name !== right.name ||
			left.actor !== right.actor ||
			left.subject !== right.subject
		) {
			return index;
		}
	}

	return length;
}

/** The entry is of the same thread, vCPU or host. */
function isOfSame(entry: Entry, other: Entry): boolean {
	return entry.actor === other.actor && kindOfActor(entry) === kindOfActor(other);
}

function kindOfActor({name}: Entry): string {
	return /^(?:commandStarted|lock|other|noRoom|room|busy|published|free|kick|doorbellStarted|doorbellReturned|work(?:Started|Drained|Ended)|reaped|responded)/v.test(
		name,
	)
		? 'thread'
		: name;
}

/** From the first difference to the command that feels it, in the order of time. */
export function chainOf(
	logs: Logs,
	names: readonly [Names, Names],
	first: Link | null,
	felt: FeltLife | null,
): readonly Link[] {
	const links: Link[] = first === null ? [] : [first];
	if (felt === null) {
		return links;
	}

	const {side, lives, stage} = felt;
	const life = lives[side];
	if (life === null) {
		return links;
	}

	const on = sideName[side];
	const [own, other] = side === 0 ? logs : [logs[1], logs[0]];
	const waits = new Waits(own, names[side]);
	const known = new Set(other.entries.map(entry => entryKey(entry)));
	const wait = waits.first(entry => !known.has(entryKey(entry)));
	if (wait !== null) {
		links.push({time: wait.time, what: `${on}: ${wait.what}`});
	}

	const ended = firstMoved(own, other);
	if (ended !== null) {
		links.push({
			time: ended.time,
			what: `${on}: ${names[side].thread(ended.thread)} has its response ${ended.words}`,
		});
	}

	const thread = names[side].thread(life.thread);
	links.push({time: life.due / 1e9, what: `${on}: command ${life.number} of ${thread} is due`});
	if (stage !== null) {
		links.push(
			...waits
				.behind(life, stage, stageStart(life, stage))
				.map(({time, what}) => ({time, what: `${on}: ${what}`})),
		);
	}

	const ordered = links.toSorted((left, right) => left.time - right.time);
	return ordered.filter(
		(link, index) => index === 0 || link.what !== ordered[index - 1].what || link.time !== ordered[index - 1].time,
	);
}

function entryKey({name, actor, subject, time}: Entry): string {
	return `${name} ${actor} ${subject} ${time}`;
}

/** The first response that comes at another time than on the other side. */
function firstMoved(
	own: EventLog,
	other: EventLog,
): {readonly time: number; readonly thread: number; readonly words: string} | null {
	const twins = new Map(other.ended.map(life => [`${life.thread} ${life.number}`, life]));
	for (const {thread, number, end} of own.ended) {
		const twin = twins.get(`${thread} ${number}`);
		if (end !== null && typeof twin?.end === 'number' && twin.end !== end) {
			return {time: end / 1e9, thread, words: apart(end - twin.end)};
		}
	}

	return null;
}
