import {EventLoop} from '../source/engine/event-loop.js';
import {logarithm} from '../source/engine/logarithm.js';
import {RandomStream} from '../source/engine/random.js';

/**
Events per second of a hand-tuned 4-ary heap in C on the machine of the first
measurements, by pending events.
*/
const reference: ReadonlyArray<readonly [number, number]> = [
	[16, 18.62e6],
	[256, 12.76e6],
	[4096, 8.56e6],
];

/** The hold model (Jones 1986): every event schedules its successor an exponential time later. */
function hold(pending: number, events: number): number {
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
	const start = performance.now();
	loop.runUntil(Infinity, events, handler);
	return (events / (performance.now() - start)) * 1000;
}

/** Prints events per second of the event loop, fingerprint of the events included. */
export function benchEngine(): void {
	console.log('\nengine: hold model, with the event fingerprint');
	console.log('pending      M events/s    of a C heap measured elsewhere');
	for (const [pending, inC] of reference) {
		const runs = Array.from({length: 5}, () => hold(pending, 1e6)).toSorted((a, b) => a - b);
		console.log(
			`${String(pending).padStart(7)} ${(runs[2] / 1e6).toFixed(2).padStart(15)} ` +
				`${(runs[2] / inC).toFixed(2).padStart(12)}`,
		);
	}
}
