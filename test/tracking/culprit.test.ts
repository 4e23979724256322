import {expect, test} from 'vitest';
import {blameChain} from '../../source/tracking/culprit.js';
import {type Excerpt, type Hold, type Wait} from '../../source/tracking/excerpt.js';

const [qlock, bql] = [0, 1];

const wait = (actor: number, resource: number, start: number, end: number): Wait => ({
	resource,
	queue: resource === qlock ? 0 : -1,
	actor,
	start,
	end,
	isOpen: false,
	met: '',
});

const hold = (actor: number, resource: number, start: number, end: number): Hold => ({
	resource,
	actor,
	start,
	end,
	role: '',
	vcpu: -1,
});

function excerptOf(waits: readonly Wait[], holds: readonly Hold[]): Excerpt {
	return {
		from: 0,
		to: 1000,
		cast: [],
		resources: [
			{kind: 'qlock', name: 'ctrlq.qlock'},
			{kind: 'bql', name: 'BQL'},
		],
		tracks: [],
		waits,
		holds,
		rings: [],
		commands: [],
		moments: [],
		free: [],
		operations: [],
		typeNames: [],
		queueNames: [],
		sizes: [],
		serverName: '',
		serverActor: -1,
		missing: '',
	};
}

/** Who has what is waited for, from one to the next. */
const holdersOf = (
	first: Wait,
	holds: readonly Hold[],
	others: readonly Wait[] = [],
): ReadonlyArray<number | undefined> =>
	blameChain(excerptOf([first, ...others], holds), first).map(blame => blame.hold?.actor);

test('what a holder waits for while he has the lock is to blame, and who has that', () => {
	const holds = [hold(2, qlock, 0, 100), hold(3, bql, 0, 60)];
	expect(holdersOf(wait(1, qlock, 0, 100), holds, [wait(2, bql, 10, 60)])).toEqual([2, 3]);
});

test('what a holder waited for before he had the lock, or waits for after it, keeps nobody waiting', () => {
	const late = [hold(2, qlock, 80, 100), hold(3, bql, 0, 60)];
	expect(holdersOf(wait(1, qlock, 0, 100), late, [wait(2, bql, 10, 60)])).toEqual([2]);
	const early = [hold(2, qlock, 0, 20), hold(3, bql, 0, 90)];
	expect(holdersOf(wait(1, qlock, 0, 100), early, [wait(2, bql, 40, 90)])).toEqual([2]);
});

test('a wait of less than a tenth of the time is none of the reasons', () => {
	const holds = [hold(2, qlock, 0, 100), hold(3, bql, 0, 60)];
	expect(holdersOf(wait(1, qlock, 0, 100), holds, [wait(2, bql, 10, 19)])).toEqual([2]);
	expect(holdersOf(wait(1, qlock, 0, 100), holds, [wait(2, bql, 10, 20)])).toEqual([2, 3]);
});

test('the longest hold is to blame; of equal ones the first, then that of the lowest actor', () => {
	const first = wait(1, qlock, 0, 100);
	expect(holdersOf(first, [hold(2, qlock, 0, 40), hold(3, qlock, 40, 100)])).toEqual([3]);
	expect(holdersOf(first, [hold(3, qlock, 50, 100), hold(2, qlock, 0, 50)])).toEqual([2]);
	expect(holdersOf(first, [hold(3, qlock, 0, 50), hold(2, qlock, 0, 50)])).toEqual([2]);
});

test('two that wait for each other end the chain', () => {
	const holds = [hold(2, qlock, 0, 100), hold(1, bql, 0, 100)];
	expect(holdersOf(wait(1, qlock, 0, 100), holds, [wait(2, bql, 0, 100)])).toEqual([2, 1]);
});

test('who waits is not to blame for it himself, though he has it for most of that time', () => {
	expect(holdersOf(wait(1, qlock, 0, 100), [hold(1, qlock, 40, 100), hold(2, qlock, 0, 40)])).toEqual([2]);
});

test('a hold of something else is no reason', () => {
	expect(holdersOf(wait(1, qlock, 0, 100), [hold(3, bql, 0, 100), hold(2, qlock, 0, 40)])).toEqual([2]);
});
