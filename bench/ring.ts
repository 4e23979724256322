import {performance} from 'node:perf_hooks';
import {fileURLToPath} from 'node:url';
import process from 'node:process';
import {createVirtqueue} from '../source/virtqueue/create-virtqueue.js';
import {type Virtqueue} from '../source/virtqueue/virtqueue.js';
import {type Layout} from '../source/virtqueue/virtqueue-options.js';

const size = 4096;
/** Buffers a round: three segments each still fit the ring. */
const batch = 1024;
const rounds = 600;
/** Rounds before the first that counts, for the compiler. */
const warmUp = 200;

/**
Time in ns of an operation of the kernel's own virtio_ring.c (6.12), compiled in user space on a
machine of this class: medians of 5. Nothing was recorded for the host's side, which is QEMU's.
*/
const kernel: Readonly<Record<string, number>> = {
	'add, 1 segment': 10.3,
	'add, 3 segments': 12.8,
	'add, 3 indirect': 21.4,
	kick_prepare: 2.2,
	get_buf: 6.5,
	'disable + enable_cb': 4.8,
};

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

function ratio(ns: number, reference: number | null): string {
	return reference === null ? '-' : `${(ns / reference).toFixed(1)}x`;
}

/** Prints the time of each operation for both layouts, beside the kernel's. */
export function benchRing(): void {
	const split = figuresOf('split');
	const packed = figuresOf('packed');
	console.log(
		'ring: ns an operation'.padEnd(32) +
			'split'.padStart(8) +
			'packed'.padStart(8) +
			'kernel'.padStart(8) +
			'split/kernel'.padStart(14) +
			'packed/kernel'.padStart(15),
	);
	for (const [name, ns] of Object.entries(split)) {
		const reference = Object.hasOwn(kernel, name) ? kernel[name] : null;
		console.log(
			name.padEnd(32) +
				ns.toFixed(1).padStart(8) +
				packed[name].toFixed(1).padStart(8) +
				(reference?.toFixed(1) ?? '-').padStart(8) +
				ratio(ns, reference).padStart(14) +
				ratio(packed[name], reference).padStart(15),
		);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	benchRing();
}
