import {expect, test} from 'vitest';
import {CommandPool} from '../../source/devices/command-pool.js';
import {captureState, restoreState} from '../../source/engine/state-image.js';
import {LiveCommands} from '../../source/tracking/live-commands.js';
import {teller} from '../helpers/teller.js';

const control = 0;
const cursor = 1;

/** A pool with commands as [queue, fenced]. */
function poolOf(commands: ReadonlyArray<readonly [number, boolean]>): CommandPool {
	const pool = new CommandPool(2);
	for (const [queue, fenced] of commands) {
		const command = pool.allocate();
		pool.queue[command] = queue;
		pool.fenced[command] = fenced ? 1 : 0;
	}

	return pool;
}

test('each queue numbers its own commands, and both share the fences', () => {
	const live = new LiveCommands(
		2,
		poolOf([
			[control, true],
			[cursor, false],
			[control, false],
			[control, true],
		]),
	);
	const tell = teller(live);
	const numbers = [0, 1, 2, 3].map(command => {
		tell('published', 100 + command, command % 2, command);
		return [live.seqnoOf(command), live.fenceOf(command), live.threadOf(command), live.publishedAt(command)];
	});
	expect(numbers).toEqual([
		[1, 1, 0, 100],
		[1, 0, 1, 101],
		[2, 0, 0, 102],
		[3, 2, 1, 103],
	]);
});

test('a command is under way until it is answered, and its place in the pool is used again', () => {
	const live = new LiveCommands(
		2,
		poolOf([
			[control, false],
			[control, true],
		]),
	);
	const tell = teller(live);
	tell('published', 1, 2, 0);
	tell('published', 2, 3, 1);
	expect([live.inFlight[control], live.unpopped[control]]).toEqual([2, 2]);
	tell('popped', 3, 0, 0);
	tell('reaped', 4, 3, 0);
	expect([live.inFlight[control], live.unpopped[control], live.isLive(0)]).toEqual([1, 1, true]);
	tell('responded', 5, 3, 0);
	expect([live.isLive(0), live.seqnoOf(0)]).toEqual([false, 1]);
	tell('published', 6, 2, 0);
	expect([live.isLive(0), live.seqnoOf(0), live.fenceOf(0), live.publishedAt(0)]).toEqual([true, 3, 0, 6]);
	expect([live.inFlight[control], live.inFlight[cursor]]).toEqual([2, 0]);
});

test('another goes on from an image as if it had been told all, whatever became of the first', () => {
	const pool = poolOf([
		[control, true],
		[cursor, true],
		[control, true],
	]);
	const first = new LiveCommands(2, pool);
	const tell = teller(first);
	tell('published', 1, 0, 0);
	tell('published', 2, 1, 1);
	const image = captureState(first);
	tell('responded', 3, 1, 0);
	tell('published', 4, 0, 2);

	const second = new LiveCommands(2, pool);
	teller(second)('published', 1, 3, 2);
	restoreState(second, image);
	expect([0, 1, 2].map(command => second.isLive(command))).toEqual([true, true, false]);
	teller(second)('published', 5, 3, 2);
	expect([second.seqnoOf(2), second.fenceOf(2), second.threadOf(2)]).toEqual([2, 3, 3]);
});
