import {expect, test} from 'vitest';
import {threadState} from '../../../source/cpu/thread.js';
import {PauseLoop} from '../../../source/host/vcpu/pause-loop.js';
import {step} from '../../../source/host/step.js';
import {type Metrics} from '../../../source/metrics/metrics.js';
import {exitKind, vcpuState} from '../../../source/tracepoints/tracepoints.js';
import {
	client,
	configurationOf,
	constant,
	loopStep,
	ms,
	type Settings,
	times,
	us,
} from '../../helpers/model-configuration.js';
import {logged, type ModelLog} from '../../helpers/model-log.js';
import {measured} from '../../helpers/model-run.js';

/** Submitters that hold the lock for 20 us at a time. */
const fighters = client({
	threads: 3,
	wait: 'none',
	loop: [loopStep({commands: times(8, 'SUBMIT_3D'), prepare: constant(us)})],
});
const base: Settings = {
	'guest.vcpus': 3,
	'driver.spinlock': 'qspinlock',
	'guest.cost.add': 20 * us,
	'host.cpus': 8,
};

/**
Holds every pause-loop exit to its window: 4 us, twice as long after each exit, and 4 us again once
the thread was off its CPU. Counts exits and times off.
*/
function followed(log: ModelLog): {readonly exits: number; readonly anew: number} {
	const since = new Map<number, number>();
	const windows = new Map<number, number>();
	let exits = 0;
	let anew = 0;
	for (const {point, time, actor, subject} of log.of('vcpuState', 'exit')) {
		const window = windows.get(actor) ?? 4 * us;
		if (point === 'vcpuState') {
			if (subject === vcpuState.spin) {
				since.set(actor, time);
			} else if (subject > vcpuState.poll) {
				windows.set(actor, 4 * us);
				anew++;
			}
		} else if (subject === exitKind.pause) {
			expect(time - (since.get(actor) ?? 0)).toBe(window);
			windows.set(actor, 2 * window);
			exits++;
		}
	}

	return {exits, anew};
}

test('off: no vCPU is taken out for spinning', () => {
	const {log} = logged(configurationOf(base, [fighters]), 5 * ms);
	expect(log.count('lockContended')).toBeGreaterThan(50);
	expect(log.of('exit').filter(({subject}) => subject === exitKind.pause)).toEqual([]);
});

test('a vCPU that spins leaves the guest after the window, which doubles each time, and comes back to spin on when there is nobody to yield to', () => {
	const {log} = logged(configurationOf({...base, 'host.ple': 4 * us}, [fighters]), 5 * ms);
	const {exits, anew} = followed(log);
	expect(exits).toBeGreaterThan(9);
	expect(anew).toBeGreaterThan(0);
	expect(log.of('lockAcquired').length).toBeGreaterThan(200);
});

test('exits.pause counts them, and the spin goes on where the window is longer than any wait', () => {
	const set = {...base, 'host.ple': 4 * us};
	const {metrics} = measured(configurationOf(set, [fighters]), {duration: 20 * ms});
	expect(metrics.exits.pause).toBeGreaterThan(100);
	expect(
		measured(configurationOf({...base, 'host.ple': ms}, [fighters]), {duration: 20 * ms}).metrics.exits.pause,
	).toBe(0);
});

test.each([
	['qspinlock', 2],
	['test-and-set', 1],
] as const)(
	'%s: a spinner yields to the preempted vCPU whose turn it is; more work on scarce CPUs',
	(spinlock, gain) => {
		const figures = (set: Settings): {readonly throughput: number; readonly spin: number} => {
			const {metrics} = measured(
				configurationOf(
					{
						...base,
						'host.cpus': 1,
						'driver.spinlock': spinlock,
						...set,
					},
					[fighters],
				),
				{duration: 300 * ms},
			);
			return {
				throughput: metrics.throughput.completed,
				spin: Math.max(...metrics.cpu.vcpus.map(vcpu => vcpu.spin)),
			};
		};

		const off = figures({});
		const on = figures({'host.ple': 1400});
		expect(on.throughput).toBeGreaterThan(gain * off.throughput);
		expect(on.spin).toBeLessThan(0.6 * off.spin);
	},
);

test('a holder that sits in an exit is no candidate: the worker waits for the doorbell as long as before', () => {
	const set: Settings = {
		'guest.vcpus': 2,
		'driver.spinlock': 'qspinlock',
		'driver.lockPolicy': 'kick-under-lock',
		'host.cpus': 4,
		'guest.cost.workerWake': us,
	};
	const flood = client({wait: 'none', vcpu: 0, loop: [loopStep({prepare: constant(us)})]});
	const figures = (ple: number): Metrics =>
		measured(configurationOf({...set, 'host.ple': ple}, [flood]), {duration: 100 * ms}).metrics;
	const off = figures(0);
	const on = figures(1400);
	expect(off.lock.spin.worker).toBeGreaterThan(20);
	expect(on.exits.pause).toBeGreaterThan(20);
	expect(Math.abs(on.lock.spin.worker / off.lock.spin.worker - 1)).toBeLessThan(0.2);
	expect(Math.abs(on.throughput.completed / off.throughput.completed - 1)).toBeLessThan(0.05);
});

test("the window begins anew when the vCPU's thread is scheduled in", () => {
	const {log} = logged(configurationOf({...base, 'host.ple': 4 * us, 'host.cpus': 1}, [fighters]), 300 * ms);
	const {exits, anew} = followed(log);
	expect(exits).toBeGreaterThan(50);
	expect(anew).toBeGreaterThan(50);
});

test("candidates are taken in turn: runnable, off CPU, and not in QEMU's code", () => {
	const {simulation} = logged(configurationOf({...base, 'guest.vcpus': 4}, [fighters]), ms);
	const {core} = simulation.state.host;
	const loop = new PauseLoop(core, simulation.state.hostSettings, 0);
	const [first] = core.roles.vcpus;
	const place = (states: readonly number[], steps: readonly number[]): void => {
		for (const [vcpu, state] of states.entries()) {
			core.cpus.threads[vcpu].state = state;
			core.cpus.threads[vcpu].step = steps[vcpu];
		}
	};

	const {queued, running, sleeping} = threadState;
	place([running, queued, queued, queued], [step.guest, step.guest, step.mmioUnlock, step.enter]);
	expect([loop.candidate(first), loop.candidate(first), loop.candidate(first)]).toEqual([1, 3, 1]);
	place([running, sleeping, running, queued], [step.guest, step.bqlRetry, step.guest, step.mmioLock]);
	expect(loop.candidate(first)).toBe(-1);
});

test('tcg has no pause exits', () => {
	const {log} = logged(configurationOf({...base, 'host.accel': 'tcg', 'host.ple': 1400}, [fighters]), 5 * ms);
	expect(log.count('exit')).toBe(0);
});
