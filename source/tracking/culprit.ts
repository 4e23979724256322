import {type Excerpt, type Hold, type Wait} from './excerpt.js';

/** Why a wait lasts: who has what is waited for, and who else wants it. */
export type Blame = {
	readonly wait: Wait;
	/** Of another, the one that covers most of the wait; undefined: nobody had it. */
	readonly hold: Hold | undefined;
	/** Time of the wait that it covers, ns. */
	readonly covered: number;
	/** Other waits for the same in that time. */
	readonly others: readonly Wait[];
};

/** A wait of the holder counts from this share of the time in which he keeps the other waiting. */
const least = 0.1;
/** Nobody waits longer for himself: a chain that comes round ends where it began. */
const deepest = 8;

const overlap = (a: {readonly start: number; readonly end: number}, start: number, end: number): number =>
	Math.max(0, Math.min(a.end, end) - Math.max(a.start, start));

/**
The longest overlap with [start, end); of equal ones the first that began, then the lowest actor.
*/
function longest<Span extends {readonly start: number; readonly end: number; readonly actor: number}>(
	spans: readonly Span[],
	start: number,
	end: number,
): {readonly span: Span | undefined; readonly time: number} {
	let span: Span | undefined;
	let time = 0;
	for (const other of spans) {
		const own = overlap(other, start, end);
		const isFirst =
			span === undefined || other.start < span.start || (other.start === span.start && other.actor < span.actor);
		if (own > time || (own > 0 && own === time && isFirst)) {
			span = other;
			time = own;
		}
	}

	return {span, time};
}

/** What keeps a wait waiting, for itself. */
function blameOf(excerpt: Excerpt, wait: Wait): Blame {
	const holds = excerpt.holds.filter(({resource, actor}) => resource === wait.resource && actor !== wait.actor);
	const {span: hold, time: covered} = longest(holds, wait.start, wait.end);
	const others = excerpt.waits.filter(
		other =>
			other.resource === wait.resource &&
			other.queue === wait.queue &&
			other.actor !== wait.actor &&
			overlap(other, wait.start, wait.end) > 0,
	);
	return {wait, hold, covered, others};
}

/**
Host thread and guest thread that a holder is: who holds in the guest waits
as the thread of its vCPU does.
*/
function facesOf({cast}: Excerpt, {actor, vcpu}: Hold): readonly number[] {
	const thread = vcpu < 0 ? -1 : cast.findIndex(({side, vcpu: own}) => side === 'host' && own === vcpu);
	return thread < 0 ? [actor] : [actor, thread];
}

/**
The chain of blame of a wait, to its root: who holds what is waited for, what the holder waits for
himself in the time in which he keeps the other waiting (the longest of it, and at least a tenth of
that time), and so on until somebody runs. A pure function of an excerpt.
*/
export function blameChain(excerpt: Excerpt, wait: Wait): readonly Blame[] {
	const chain = [blameOf(excerpt, wait)];
	const seen = new Set([wait]);
	for (let {hold} = chain[0]; hold !== undefined && chain.length < deepest;) {
		const {wait: last} = chain.at(-1) ?? chain[0];
		const start = Math.max(last.start, hold.start);
		const end = Math.min(last.end, hold.end);
		const faces = facesOf(excerpt, hold);
		const {span: next, time} = longest(
			excerpt.waits.filter(other => faces.includes(other.actor)),
			start,
			end,
		);
		if (next === undefined || time < least * (end - start) || seen.has(next)) {
			break;
		}

		seen.add(next);
		const blame = blameOf(excerpt, next);
		chain.push(blame);
		hold = blame.hold;
	}

	return chain;
}
