import {expect, test} from 'vitest';
import {captureState, restoreState} from '../../source/engine/state-image.js';
import {OpenSlices} from '../../source/tracking/open-slices.js';
import {teller} from '../helpers/teller.js';

const sizes = {
	threads: 3,
	vcpus: 2,
	queues: 2,
	locks: 6,
};

/** What is open, as `slice start`, inner ones first. */
function open(slices: OpenSlices): string[] {
	const told: string[] = [];
	slices.tell(({slice, start}) => {
		told.push(`${slice} ${start}`);
	}, 1000);
	return told;
}

test("a lock is waited for, taken and given up: slices on the thread's lane and on the lock's", () => {
	const slices = new OpenSlices(sizes);
	const tell = teller(slices);
	const closed: string[] = [];
	slices.listen(({slice, start, actor, subject, value}, end) => {
		closed.push(`${slice} ${start} to ${end}, ${actor} ${subject} ${value}`);
	});
	tell('commandStarted', 10, 2, 7);
	tell('lockCalled', 20, 2, 1, 0);
	tell('lockContended', 20, 2, 1, 0);
	tell('lockHalted', 30, 2, 1);
	expect(open(slices)).toEqual(['halt 30', 'spin 20']);
	tell('lockAcquired', 40, 2, 1, 0);
	expect(open(slices)).toEqual(['hold 40', 'owner 40']);
	tell('lockReleased', 50, 2, 1);
	expect(open(slices)).toEqual([]);
	expect(closed).toEqual([
		'prepare 10 to 20, 2 7 0',
		'halt 30 to 40, 2 1 0',
		'spin 20 to 40, 2 1 0',
		'hold 40 to 50, 2 1 0',
		'owner 40 to 50, 2 1 0',
	]);
});

test('ending something ends what was begun inside it, and nothing of another lane', () => {
	const slices = new OpenSlices(sizes);
	const tell = teller(slices);
	tell('workStarted', 100, 1);
	tell('lockAcquired', 200, 1, 0, 2);
	tell('lockAcquired', 300, 2, 1, 0);
	tell('workEnded', 400, 1);
	expect(open(slices)).toEqual(['hold 300', 'owner 200', 'owner 300']);
	tell('workEnded', 500, 1);
	expect(open(slices)).toEqual(['hold 300', 'owner 200', 'owner 300']);
});

test('processing ends with its own command only', () => {
	const slices = new OpenSlices(sizes);
	const tell = teller(slices);
	tell('passStarted', 100);
	tell('serviceStarted', 110, 0, 5);
	tell('usedPublished', 120, 0, 4);
	expect(open(slices)).toEqual(['service 110', 'pass 100']);
	tell('fenceQueued', 130, 0, 5);
	expect(open(slices)).toEqual(['pass 100']);
	tell('passStarted', 140, 0, 1);
	expect(open(slices)).toEqual(['pass 140']);
});

test('an interrupt that found nothing opens nothing, a CPU that was lost neither; the main loop drains under the BQL', () => {
	const slices = new OpenSlices(sizes);
	const tell = teller(slices);
	tell('irqEntered', 10, 1, 0, 0);
	tell('mainLoopOnCpu', 20, 0, 0, 1);
	tell('mainLoopOnCpu', 30, 0, 0, 0);
	expect(open(slices)).toEqual([]);
	tell('irqEntered', 40, 1, 0, 1);
	tell('passStarted', 50);
	tell('bqlReleased', 60, 0, 1);
	expect(open(slices)).toEqual(['irq 40', 'pass 50']);
	tell('workQueued', 70, 1);
	tell('bqlReleased', 80, 2, 0);
	expect(open(slices)).toEqual([]);
});

test('a checkpoint keeps what was under way, whatever goes on', () => {
	const slices = new OpenSlices(sizes);
	const tell = teller(slices);
	tell('workStarted', 100, 1);
	tell('lockAcquired', 200, 1);
	const image = captureState(slices);
	tell('workEnded', 300, 1);
	tell('workStarted', 300, 2);
	expect(open(slices)).toEqual(['work 300', 'owner 200']);
	const other = new OpenSlices(sizes);
	other.listen(() => undefined);
	for (const restored of [slices, other, slices]) {
		restoreState(restored, image);
		expect(open(restored)).toEqual(['hold 200', 'work 100', 'owner 200']);
		tell('lockReleased', 400, 1);
	}
});
