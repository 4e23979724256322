import process from 'node:process';
import {EventLoop} from '../source/engine/event-loop.js';
import {logarithm} from '../source/engine/logarithm.js';
import {RandomStream} from '../source/engine/random.js';
import {compiled} from './c-program.js';
import {type Figure, overRounds} from './figure.js';

/** Timers that are armed at once, events of a round, rounds. */
const pendings = [16, 256, 4096];
const events = 1e6;
const rounds = 5;

/**
The hold model (Jones 1986): every event schedules its successor an exponential time later. Millions
of events a second of user CPU time.
*/
function hold(pending: number): number {
	const loop = new EventLoop();
	const stream = new RandomStream(1, 'hold');
	const delay = (): number => Math.floor(-1e6 * logarithm(stream.uniform()));
	const timers = Array.from({length: pending}, (_, index) => loop.addTimer(0, index));
	for (const timer of timers) {
		loop.after(timer, delay());
	}

	const handler = {
		fire(_kind: number, actor: number): void {
			loop.after(timers[actor], delay());
		},
	};
	loop.runUntil(Infinity, events / 4, handler);
	const before = process.cpuUsage();
	loop.runUntil(Infinity, events, handler);
	return events / process.cpuUsage(before).user;
}

/** The event loop with its fingerprint, beside a heap in C that does the same. */
export function benchEngine(): readonly Figure[] {
	const program = compiled('hold');
	try {
		return pendings.map(pending => {
			const ours: number[] = [];
			const theirs: number[] = [];
			for (let round = 0; round < rounds; round++) {
				ours.push(hold(pending));
				if (program !== undefined) {
					const {events: done, seconds} = program.run(String(pending), String(events));
					theirs.push(done / seconds / 1e6);
				}
			}

			return {
				name: `hold, ${pending} pending`,
				...overRounds(ours),
				unit: 'M events/s',
				better: 'more',
				...(program === undefined ? {} : {reference: {what: 'C heap', value: overRounds(theirs).value}}),
			};
		});
	} finally {
		program?.remove();
	}
}
