import {formatDuration} from '../../charts/format-number.js';
import {type Blame} from '../../tracking/culprit.js';
import {type Excerpt, type Hold, type Wait} from '../../tracking/excerpt.js';

const overlaps = (
	a: {readonly start: number; readonly end: number},
	b: {readonly start: number; readonly end: number},
) => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));

/** Microseconds, with one decimal below 1,000. */
export function us(time: number): string {
	const micros = time / 1000;
	return micros.toFixed(Math.abs(micros) < 999.95 ? 1 : 0).replace(/^-0\.0$/v, '0.0');
}

/** How long something lasts, with its unit. */
export const lasts = (time: number): string => (time < 999_950 ? `${us(time)} us` : formatDuration(time));

/** Who somebody is: `dequeue worker (kworker/1:0)`, `game`, `vCPU 0`, `main loop`. */
export function actorName({cast}: Excerpt, actor: number): string {
	const {name, letter} = cast[actor];
	return letter === 'W' ? 'dequeue worker' : name;
}

/** The same with what else is known of him. */
export function actorLong(excerpt: Excerpt, actor: number, vcpu: number): string {
	const {name, letter, side} = excerpt.cast[actor];
	const where = vcpu < 0 ? '' : `vCPU ${vcpu}`;
	if (letter === 'W') {
		return `dequeue worker (${[name, where].filter(text => text !== '').join(', ')})`;
	}

	return side === 'host' || where === '' ? name : `${name} (${letter === 'S' ? 'submitter, ' : ''}${where})`;
}

/** What somebody does who waits: `spins on ctrlq.qlock`, `waits for the BQL`. */
export function waitVerb({resources, queueNames}: Excerpt, {resource, queue}: Wait): string {
	if (resource < 0) {
		return `sleeps: ${queueNames[queue]} ring full`;
	}

	const {kind, name} = resources[resource];
	return kind === 'qlock' ? `spins on ${name}` : `waits for ${name}`;
}

/** What somebody waits for. */
export const wantedName = ({resources, queueNames}: Excerpt, {resource, queue}: Wait): string =>
	resource < 0 ? `room in the ${queueNames[queue]} ring` : resources[resource].name;

/** What somebody does while he holds. */
export function doing(excerpt: Excerpt, hold: Hold): string {
	const {resources, commands, serverActor} = excerpt;
	const {kind} = resources[hold.resource];
	if (kind === 'cpu') {
		return 'runs';
	}

	if (kind === 'bql') {
		const served = commands.filter(
			({serviceStart}) => serviceStart >= hold.start && serviceStart < hold.end,
		).length;
		return hold.actor === serverActor
			? served === 0
				? 'no command'
				: `${served} command${served === 1 ? '' : 's'}`
			: excerpt.cast[hold.actor].vcpu >= 0
				? 'its exit'
				: 'its own work';
	}

	return ringing(excerpt, hold) ?? (hold.role === 'worker' ? 'drains' : hold.role === 'notify' ? 'notifies' : 'adds');
}

/** The doorbell that a qlock is held for, most of the time. */
function ringing({rings}: Excerpt, hold: Hold): string | undefined {
	const ring = rings.find(one => one.actor === hold.actor && 2 * overlaps(one, hold) >= hold.end - hold.start);
	return ring === undefined ? undefined : ring.forced ? 'forced kick' : 'doorbell';
}

/** The same behind a time: `58.7 us (doorbell)`, `37.9 us, 4 commands`. */
export function heldWords(excerpt: Excerpt, hold: Hold): string {
	const text = doing(excerpt, hold);
	const time = lasts(hold.end - hold.start);
	if (excerpt.resources[hold.resource].kind === 'cpu') {
		return time;
	}

	return excerpt.resources[hold.resource].kind === 'qlock' ? `${time} (${text})` : `${time}, ${text}`;
}

/** What somebody has. */
export const holdVerb = ({resources}: Excerpt, {resource}: Hold): string =>
	resources[resource].kind === 'cpu' ? `runs on ${resources[resource].name}` : `holds ${resources[resource].name}`;

/** A wait in a line of a list. */
export function waitWords(excerpt: Excerpt, wait: Wait): string {
	const {letter} = excerpt.cast[wait.actor];
	return `${letter === 'W' ? 'worker' : actorName(excerpt, wait.actor)} waits ${lasts(wait.end - wait.start)}`;
}

/** Who is to blame for a wait, in a word or two. */
export const blameWords = (excerpt: Excerpt, {hold}: Blame): string =>
	hold === undefined ? 'nobody has it' : `${actorName(excerpt, hold.actor)}: ${doing(excerpt, hold)}`;
