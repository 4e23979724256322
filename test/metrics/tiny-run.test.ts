import {expect, test} from 'vitest';
import {client, configurationOf, constant, loopStep, ms, times, us} from '../helpers/model-configuration.js';
import {measured} from '../helpers/model-run.js';

/**
One command after another, each of 64_250 ns but for the first, which starts at 5_500:
wake-up and entry 5500, prepare 10 us, add 1 us, kick_prepare 100, doorbell out 2300, back 500,
wake-up of the main loop 8 us, pop 250, service 20 us, push 350, MSI 1500, wake-up and entry
5500, handler 400, worker 3 us, drain and reap 350, response 500. With a pause of 945_000 ns
and its wake-up of 5500 a round takes exactly 1 ms (the response's wake-up is one of them).
*/
const round = configurationOf({'driver.lockPolicy': 'kick-under-lock'}, [
	client({think: constant(ms - 58_750 - 5500)}),
]);
/** From the start of a command to its response. */
const life = 10_000 + 1000 + 100 + 2300 + 8000 + 250 + 20_350 + 1500 + 5500 + 400 + 3000 + 350 + 500;

test('a run that was reckoned by hand: every figure', () => {
	const {metrics, end, unfinished} = measured(round, {duration: 100 * ms});
	expect([end, unfinished]).toEqual(['duration', 0]);
	expect(metrics.throughput).toEqual({asked: 1000, submitted: 1000, completed: 1000});
	expect(metrics.kicks).toEqual({
		perSecond: 1000,
		perCommand: 1,
		suppressed: 0,
		forced: 0,
	});
	expect(metrics.irqs).toEqual({
		perSecond: 1000,
		perCommand: 1,
		spurious: 0,
		sent: 1000,
	});
	// Drain and reap 350, response 500; nobody sleeps on ack_queue.
	const run = 0.85;
	expect(metrics.worker).toEqual({
		runs: 1000,
		batch: 1,
		runTime: {
			mean: run,
			p50: run,
			p90: run,
			p99: run,
			max: run,
			hogged: 0,
		},
		hogged: 0,
	});
	expect(metrics.lock).toMatchObject({
		acquisitions: 2000,
		contended: 0,
		spin: {worker: 0, submitter: 0, total: 0},
		halted: 0,
		contentionShare: 0,
		// The submitter holds it for add, kick_prepare and the doorbell:
		// 3900 ns; the worker for 350.
		hold: {mean: (3.9 + 0.35) / 2, max: 3.9},
		wait: {mean: null, p50: null, max: null},
	});
	// A slot is taken from the add to the reaping.
	const taken = life - 10_000 - 1000 - 350 - 500;
	expect(metrics.ring.numFree).toMatchObject({min: 63, max: 64, atAdd: 64});
	expect(metrics.ring.numFree.mean).toBeCloseTo(64 - taken / ms, 9);
	expect(metrics.ring.inFlight.mean).toBeCloseTo(taken / ms, 9);
	expect(metrics.ring.inFlight.max).toBe(1);
	expect(metrics.ring.fullWaits).toBe(0);
	expect(metrics.latency).toMatchObject({mean: life / us, max: life / us, count: 100});
	expect(metrics.latency.traced.max).toBe((life - 11_000) / us);
	// The submitter's vCPU halts twice a round (waiting, pausing), the
	// worker's once; and the doorbell.
	expect(metrics.exits).toEqual({
		user: 1000,
		kernel: 0,
		halt: 3000,
		pause: 0,
		perSecond: 4000,
		perCommand: 4,
	});
	const {waitPerSecond, byHolder} = metrics.bql;
	expect([waitPerSecond, byHolder.other]).toEqual([0, 0]);
	expect(byHolder.mainLoop).toBeCloseTo((250 + 20_350 + 1500) / ms, 9);
	expect(byHolder.vcpus).toBeCloseTo(300 / ms, 9);
	// 8 us to wake, the pass, 1 us to poll.
	expect(metrics.cpu.mainLoop).toBeCloseTo((8000 + 22_100 + 1000) / ms, 9);
	expect([metrics.frames, metrics.cursor]).toEqual([null, null]);
});

test('the same run: where the time of a command goes', () => {
	const {latency} = measured(round).metrics;
	const means = Object.fromEntries(Object.entries(latency.stages).map(([name, {mean}]) => [name, mean]));
	expect(means).toEqual({
		backlog: 0,
		prepare: 10,
		lockWait: 0,
		ringWait: 0,
		submit: 1,
		// kick_prepare.
		notifyDelay: 0.1,
		doorbell: 2.3,
		hostWake: 8,
		// The pop.
		hostQueue: 0.25,
		service: 20.35,
		fence: 0,
		// The MSI, the wake-up of the vCPU, its entry.
		irqDelay: 7,
		workerDelay: 3.4,
		workerLockWait: 0,
		reap: 0.35,
		response: 0.5,
	});
	const share = Object.values(latency.stages).reduce((sum, stage) => sum + (stage.share ?? 0), 0);
	expect(share).toBeCloseTo(1, 12);
	// All commands are alike: the slowest are as the mean.
	for (const {mean, tail} of Object.values(latency.stages)) {
		expect(tail).toBeCloseTo(mean ?? -1, 9);
	}
});

test('percentiles are nearest rank: one command in a hundred is slow', () => {
	const loop = [
		loopStep({commands: times(99, 'RESOURCE_CREATE_2D'), notify: 'each', prepare: constant(500 * us)}),
		loopStep({commands: ['RESOURCE_FLUSH'], prepare: constant(500 * us)}),
	];
	const {latency} = measured(configurationOf({}, [client({loop, wait: 'none'})]), {duration: 400 * ms}).metrics;
	const fast = latency.p50 ?? 0;
	expect(latency.p90).toBe(fast);
	expect(latency.p99).toBe(fast);
	// 20 us more of service, and buckets that are less than 1 % wide.
	expect((latency.p999 ?? 0) - fast).toBeGreaterThan(18);
	expect(latency.max).toBeGreaterThan(latency.p99 ?? Infinity);
	expect(Math.abs((latency.mean ?? 0) / fast - 1)).toBeLessThan(0.01);
});

test('shares of a vCPU: what it does in each ms', () => {
	const [submitter, worker] = measured(round).metrics.cpu.vcpus;
	for (const shares of [submitter, worker]) {
		expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
	}

	// Prepare, add, kick_prepare run in the guest; handler, worker, reap and
	// response on the other vCPU.
	expect(submitter.guest).toBeCloseTo(11_100 / ms, 9);
	expect(worker.guest).toBeCloseTo((400 + 3000 + 350 + 500) / ms, 9);
	// The doorbell 2.8 us; three wake-ups of 5 us and 500 ns, three halts of 700 ns would be 18.6.
	expect(submitter.exit).toBeLessThan(0.0214);
	expect([submitter.spin, worker.spin, submitter.stolen, worker.stolen, submitter.blocked]).toEqual([0, 0, 0, 0, 0]);
});
