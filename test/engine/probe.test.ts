import {describe, expect, it} from 'vitest';
import {type Alarm, Probe} from '../../source/engine/probe.js';

/** A probe of two points with a clock that is set by hand, and what it was heard to do. */
function heard() {
	const log: string[] = [];
	const clock = {now: 0};
	const alarm = (name: string, first: number): Alarm & {due: number} => ({
		due: first,
		ring(time) {
			log.push(`${name} rings at ${time}`);
			this.due += 10;
		},
	});
	const listener = (name: string) => (time: number, actor: number, subject: number, value: number) => {
		log.push(`${name} hears ${actor} ${subject} ${value} at ${time}`);
	};

	return {probe: new Probe(clock, 2), clock, log, alarm, listener};
}

describe('Probe', () => {
	it('tells all listeners of a point, the first attached first', () => {
		const {probe, clock, log, listener} = heard();
		const owner = {};
		probe.attach(owner, [[listener('a'), listener('b')], []]);
		probe.attach({}, [[listener('c')], []]);
		clock.now = 7;
		probe.emit(0, 1, 2, 3);
		probe.emit(1, 1, 2, 3);
		expect(log).toEqual(['a hears 1 2 3 at 7', 'b hears 1 2 3 at 7', 'c hears 1 2 3 at 7']);
		probe.detach(owner);
		probe.emit(0, 4, 5, 6);
		expect(log.slice(3)).toEqual(['c hears 4 5 6 at 7']);
	});

	it('rings an alarm that is due before anybody hears, whichever listener came with it', () => {
		const {probe, clock, log, alarm, listener} = heard();
		probe.attach({}, [[listener('a')], []]);
		probe.attach({}, [[], [listener('b')]], alarm('one', 10));
		clock.now = 9;
		probe.emit(0, 0, 0, 0);
		clock.now = 10;
		probe.emit(0, 0, 0, 0);
		probe.emit(0, 0, 0, 0);
		expect(log).toEqual(['a hears 0 0 0 at 9', 'one rings at 10', 'a hears 0 0 0 at 10', 'a hears 0 0 0 at 10']);
	});

	it('rings of several alarms those that are due', () => {
		const {probe, clock, log, alarm, listener} = heard();
		probe.attach({}, [[listener('a')], []], alarm('one', 20));
		probe.attach({}, [[], []], alarm('two', 5));
		clock.now = 6;
		probe.emit(0, 0, 0, 0);
		clock.now = 21;
		probe.emit(0, 0, 0, 0);
		expect(log.filter(line => line.includes('rings'))).toEqual([
			'two rings at 6',
			'one rings at 21',
			'two rings at 21',
		]);
	});
});
