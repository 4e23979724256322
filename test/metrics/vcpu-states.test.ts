import {expect, test} from 'vitest';
import {threadState} from '../../source/cpu/thread.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {vcpuState, vcpuStateNames} from '../../source/tracepoints/tracepoints.js';
import {
	client,
	configurationOf,
	constant,
	loopStep,
	ms,
	type Settings,
	times,
	us,
} from '../helpers/model-configuration.js';

const flood = client({
	threads: 2,
	wait: 'none',
	loop: [loopStep({commands: times(3, 'RESOURCE_CREATE_2D'), prepare: constant(8 * us)})],
});

type Account = {
	/** By vCPU and state, ns, as the tracepoint says. */
	readonly told: readonly Float64Array[];
	/**
	By vCPU: on a host CPU, wanting one, asleep, ns, as the scheduler has
	its thread between two events.
	*/
	readonly had: readonly Float64Array[];
	/** Of all host threads, ns on a CPU. */
	readonly onCpu: number;
	readonly time: number;
};

/** Runs event by event and keeps both accounts. */
function accounts(set: Settings): Account {
	const simulation = new Simulation(
		configurationOf(
			{
				'host.haltPoll': 50 * us,
				'guest.tick': 4 * ms,
				'host.ple': 1400,
				...set,
			},
			[flood],
		),
		1,
	);
	const {cpus, roles} = simulation.state.host.core;
	const vcpus = roles.vcpus.length;
	const told = Array.from({length: vcpus}, () => new Float64Array(vcpuStateNames.length));
	const had = Array.from({length: vcpus}, () => new Float64Array(3));
	const states = new Int32Array(vcpus).fill(vcpuState.idle);
	const since = new Float64Array(vcpus);
	for (const [vcpu] of told.entries()) {
		states[vcpu] = simulation.state.host.vcpus.stateOf(roles.vcpus[vcpu]);
	}

	simulation.observe({
		vcpuState(time, vcpu, state) {
			told[vcpu][states[vcpu]] += time - since[vcpu];
			since[vcpu] = time;
			states[vcpu] = state;
		},
	});
	let onCpu = 0;
	let last = 0;
	while (simulation.now < 60 * ms) {
		const before = cpus.threads.map(thread => thread.state);
		simulation.step();
		const passed = simulation.now - last;
		last = simulation.now;
		for (const [id, state] of before.entries()) {
			onCpu += state === threadState.running ? passed : 0;
			if (id < vcpus) {
				had[id][state] += passed;
			}
		}
	}

	for (const [vcpu, sums] of told.entries()) {
		sums[states[vcpu]] += last - since[vcpu];
	}

	return {
		told,
		had,
		onCpu,
		time: last,
	};
}

test.each([
	['enough CPUs', {}],
	['two CPUs', {'host.cpus': 2}],
	['one CPU', {'host.cpus': 1, 'driver.spinlock': 'qspinlock'}],
	['other load', {'host.cpus': 2, 'host.load': 2}],
	['ioeventfd', {'host.cpus': 2, 'host.ioeventfd': true}],
	[
		'tcg',
		{
			'host.cpus': 2,
			'host.accel': 'tcg',
			'driver.spinlock': 'test-and-set',
			'host.cost.apicBql': us,
		},
	],
	['kick under the lock', {'host.cpus': 2, 'driver.lockPolicy': 'kick-under-lock'}],
	['crosvm', {'host.cpus': 2, 'host.backend': 'crosvm'}],
] as ReadonlyArray<readonly [string, Settings]>)(
	"%s: states of vCPUs and the scheduler's account of their threads agree to the nanosecond",
	(_, set) => {
		const {told, had, onCpu, time} = accounts(set);
		for (const [vcpu, sums] of told.entries()) {
			const {guest, spin, exit, poll, stolen, blocked, idle} = vcpuState;
			expect(sums[guest] + sums[spin] + sums[exit] + sums[poll]).toBe(had[vcpu][threadState.running]);
			expect(sums[stolen]).toBe(had[vcpu][threadState.queued]);
			expect(sums[blocked] + sums[idle]).toBe(had[vcpu][threadState.sleeping]);
		}

		const {length} = new Simulation(configurationOf(set, [flood]), 1).state.host.core.cpus.cpus;
		expect(onCpu).toBeLessThanOrEqual(length * time);
	},
);

test('other load on too few CPUs shows as stolen time, from the moment of the wake-up', () => {
	const shares = (set: Settings): number[] => {
		const {told, time} = accounts(set);
		return told.map(sums => sums[vcpuState.stolen] / time);
	};

	expect(Math.max(...shares({}))).toBeLessThan(0.001);
	expect(Math.min(...shares({'host.cpus': 2, 'host.load': 4}))).toBeGreaterThan(0.2);
});

test('halt polling is on a CPU, and is told apart from sleeping in HLT', () => {
	const polls = (haltPoll: number): number[] => {
		const {told} = accounts({'host.haltPoll': haltPoll});
		return [vcpuState.poll, vcpuState.idle].map(state => told.reduce((sum, sums) => sum + sums[state], 0));
	};

	const [polled, slept] = polls(200 * us);
	expect(polled).toBeGreaterThan(slept);
	expect(polls(0)[0]).toBe(0);
});

test('a vCPU under TCG that sleeps on the BQL on its way into HLT is blocked, not in an exit', () => {
	const {told} = accounts({
		'host.accel': 'tcg',
		'driver.spinlock': 'test-and-set',
		'host.bql.perHalt': 4,
		'host.cost.apicBql': 20 * us,
		'host.bql.rate': 5000,
	});
	expect(told.some(sums => sums[vcpuState.blocked] > 0)).toBe(true);
});
