import {performance} from 'node:perf_hooks';
import {createVirtqueue} from '../source/virtqueue/create-virtqueue.js';
import {type Virtqueue} from '../source/virtqueue/virtqueue.js';
import {type Layout} from '../source/virtqueue/virtqueue-options.js';
import {compiled} from './c-program.js';
import {type Figure} from './figure.js';

const size = 4096;
/** Buffers a round: three segments each still fit the ring. */
const batch = 1024;
const rounds = 600;
/** Rounds before the first that counts, for the compiler. */
const warmUp = 200;

/** Time of an operation in ns, in each round, by part of the round. */
class Times {
	readonly add = new Float64Array(rounds);
	readonly kick = new Float64Array(rounds);
	readonly pop = new Float64Array(rounds);
	readonly push = new Float64Array(rounds);
	readonly getBuf = new Float64Array(rounds);
	readonly callback = new Float64Array(rounds);
}

/** A sum of answers, returned so that no call can be dropped. */
function measure(ring: Virtqueue, out: number, times: Times): number {
	let sum = 0;
	for (let round = -warmUp; round < rounds; round++) {
		const start = performance.now();
		for (let k = 0; k < batch; k++) {
			sum += ring.add(out, 0, k);
		}

		const added = performance.now();
		for (let k = 0; k < batch; k++) {
			sum += Number(ring.kickPrepare());
		}

		const kicked = performance.now();
		for (let k = 0; k < batch; k++) {
			sum += ring.pop();
		}

		const popped = performance.now();
		for (let k = 0; k < batch; k++) {
			ring.push(k, 0);
			ring.publish(1);
			sum += Number(ring.shouldNotify());
		}

		const pushed = performance.now();
		for (let k = 0; k < batch; k++) {
			sum += ring.getBuf();
		}

		const taken = performance.now();
		for (let k = 0; k < batch; k++) {
			ring.disableCallback();
			sum += Number(ring.enableCallback());
		}

		const end = performance.now();
		if (round >= 0) {
			const perOperation = 1e6 / batch;
			times.add[round] = (added - start) * perOperation;
			times.kick[round] = (kicked - added) * perOperation;
			times.pop[round] = (popped - kicked) * perOperation;
			times.push[round] = (pushed - popped) * perOperation;
			times.getBuf[round] = (taken - pushed) * perOperation;
			times.callback[round] = (end - taken) * perOperation;
		}
	}

	return sum;
}

function median(values: Float64Array): number {
	return values.toSorted()[values.length >> 1];
}

function measured(layout: Layout, indirect: boolean, out: number): Times {
	const ring = createVirtqueue({
		layout,
		size,
		eventIdx: true,
		indirect,
		callback: true,
	});
	const times = new Times();
	measure(ring, out, times);
	return times;
}

/** Medians over the rounds, so that a round in which another process ran does not count. */
function figuresOf(layout: Layout): Record<string, number> {
	const single = measured(layout, false, 1);
	return {
		'add, 1 segment': median(single.add),
		'add, 3 segments': median(measured(layout, false, 3).add),
		'add, 3 indirect': median(measured(layout, true, 3).add),
		kick_prepare: median(single.kick),
		get_buf: median(single.getBuf),
		'disable + enable_cb': median(single.callback),
		pop: median(single.pop),
		'push + publish + should_notify': median(single.push),
	};
}

/** The time of each operation for both layouts, beside a split ring by hand in C. */
export function benchRing(): readonly Figure[] {
	const program = compiled('ring');
	try {
		const reference = program?.run() ?? {};
		const layouts = [
			['split', figuresOf('split')],
			['packed', figuresOf('packed')],
		] as const;
		return layouts.flatMap(([layout, times]) =>
			Object.entries(times).map(([name, value]): Figure => ({
				name: `${layout}: ${name}`,
				value,
				unit: 'ns',
				better: 'less',
				...(Object.hasOwn(reference, name) ? {reference: {what: 'C, split', value: reference[name]}} : {}),
			})),
		);
	} finally {
		program?.remove();
	}
}
