import {expect, test} from 'vitest';
import {Pacer, type Paced} from '../../source/session/pacer.js';
import {fullSpeed} from '../../source/session/speed.js';

/** An event a microsecond, each of which takes some wall time. */
class Machine implements Paced {
	now = 0;
	wall = 0;
	longest = 0;
	private readonly cost: number;

	constructor(cost: number) {
		this.cost = cost;
	}

	runUntil(time: number, budget: number): boolean {
		const events = Math.min(budget, Math.floor((time - this.now) / 1000));
		this.wall += events * this.cost;
		this.longest = Math.max(this.longest, events * this.cost);
		this.now += events * 1000;
		if (events === budget) {
			return false;
		}

		this.now = time;
		return true;
	}
}

test('simulated time follows wall time at the speed', () => {
	const machine = new Machine(0);
	const pacer = new Pacer(() => machine.wall);
	for (let i = 0; i < 100; i++) {
		while (pacer.advance(machine, 10, 1 / 10) === 'behind') {
			// The next slice.
		}
	}

	expect(machine.now).toBe(100_000_000);
});

test('a slow speed loses no part of a nanosecond', () => {
	const machine = new Machine(0);
	const pacer = new Pacer(() => machine.wall);
	for (let i = 0; i < 1000; i++) {
		pacer.advance(machine, 0.0015, 1 / 1000);
	}

	expect(machine.now).toBe(1500);
});

test('slices keep to their wall time on a slow machine, and what it cannot do is dropped', () => {
	const machine = new Machine(0.01);
	const pacer = new Pacer(() => machine.wall);
	for (let i = 0; i < 200; i++) {
		pacer.advance(machine, 20, 1);
	}

	machine.longest = 0;
	for (let i = 0; i < 200; i++) {
		pacer.advance(machine, 20, 1);
	}

	expect(machine.longest).toBeLessThan(20);
	const {now} = machine;
	pacer.reset();
	pacer.advance(machine, 0, 1);
	expect(machine.now).toBe(now);
});

test('full speed is always behind, and stops at a limit', () => {
	const machine = new Machine(0.001);
	const pacer = new Pacer(() => machine.wall);
	expect(pacer.advance(machine, 1, fullSpeed)).toBe('behind');
	expect(machine.now).toBeGreaterThan(0);
	for (let i = 0; i < 50; i++) {
		pacer.advance(machine, 1, fullSpeed, 200_000_000);
	}

	expect(machine.now).toBe(200_000_000);
});
