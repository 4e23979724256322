import fc from 'fast-check';
import {expect, test} from 'vitest';
import {EventQueue} from '../../source/engine/event-queue.js';
import {QueueModel, queueOperation, timerCount} from './queue-model.js';

test('agrees with a table that is searched, whatever is armed, moved, cancelled and taken', () => {
	fc.assert(
		fc.property(fc.array(queueOperation, {minLength: 100, maxLength: 300}), operations => {
			const queue = new EventQueue();
			const model = new QueueModel();
			for (let i = 0; i < timerCount; i++) {
				queue.addTimer(i % 3, i);
			}

			let now = 0;
			for (const operation of operations) {
				switch (operation.kind) {
					case 'arm': {
						queue.arm(operation.timer, now + operation.after, operation.argument);
						model.arm(operation.timer, now + operation.after, operation.argument);
						break;
					}

					case 'cancel': {
						queue.cancel(operation.timer);
						model.cancel(operation.timer);
						break;
					}

					case 'take':
					case 'again': {
						const next = model.nextTime();
						expect(queue.nextTime()).toBe(next);
						if (next === Infinity) {
							break;
						}

						now = next;
						const timer = queue.take();
						const expected = model.take();
						expect({timer, argument: queue.argumentOf(timer)}).toEqual(expected);
						if (operation.kind === 'again') {
							queue.arm(timer, now + operation.after, 7);
							model.arm(timer, now + operation.after, 7);
						}
					}
				}

				if ('timer' in operation && queue.isArmed(operation.timer) !== model.isArmed(operation.timer)) {
					expect.unreachable(`timer ${operation.timer} after ${operation.kind}`);
				}
			}

			for (let left = model.take(); left !== undefined; left = model.take()) {
				expect(queue.nextTime()).toBeLessThan(Infinity);
				expect(queue.take()).toBe(left.timer);
			}

			expect(queue.nextTime()).toBe(Infinity);
		}),
		{numRuns: 200},
	);
});

test('events of the same time fire in the order of arming; one that is moved goes to the end', () => {
	const queue = new EventQueue();
	const timers = Array.from({length: 40}, (_, i) => queue.addTimer(0, i));
	for (const timer of timers) {
		queue.arm(timer, 5);
	}

	queue.arm(timers[0], 5);
	const order: number[] = [];
	while (queue.nextTime() < Infinity) {
		order.push(queue.take());
	}

	expect(order).toEqual([...timers.slice(1), timers[0]]);
});

test('the fired timer that is armed for the same time fires after those that wait', () => {
	const queue = new EventQueue();
	const a = queue.addTimer(0, 0);
	const b = queue.addTimer(0, 1);
	queue.arm(a, 3);
	queue.arm(b, 3);
	expect(queue.take()).toBe(a);
	queue.arm(a, 3);
	expect(queue.take()).toBe(b);
	expect(queue.take()).toBe(a);
	expect(queue.nextTime()).toBe(Infinity);
});

test('a fired timer is not armed, and cancelling it takes nothing from the others', () => {
	const queue = new EventQueue();
	const a = queue.addTimer(1, 10);
	const b = queue.addTimer(2, 20);
	queue.arm(a, 1);
	queue.arm(b, 2);
	expect(queue.take()).toBe(a);
	expect(queue.isArmed(a)).toBe(false);
	queue.cancel(a);
	expect(queue.nextTime()).toBe(2);
	expect(queue.take()).toBe(b);
	expect([queue.kindOf(b), queue.actorOf(b)]).toEqual([2, 20]);
});
