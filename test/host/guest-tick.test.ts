import {expect, test} from 'vitest';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf as presetConfiguration} from '../../source/presets/preset.js';
import {exitKind, vcpuState} from '../../source/tracepoints/tracepoints.js';
import {client, configurationOf, constant, loopStep, ms, type Settings, us} from '../helpers/model-configuration.js';
import {logged, type ModelLog} from '../helpers/model-log.js';

/** Threads that compute and never get to their first command. */
const busy = (threads: number) => client({threads, wait: 'none', loop: [loopStep({prepare: constant(1e12)})]});

/**
The measured guest on a machine that does nothing else, with so many busy threads, for a second.
*/
function idleMachine(cpus: number, threads: number, vcpus = 2): ModelLog {
	const {parameters, ...rest} = presetConfiguration(loadPreset('testbed'), {
		'host.cpus': cpus,
		'guest.vcpus': vcpus,
		'host.background.rate': 0,
	});
	return logged({...rest, parameters, clients: [busy(threads)]}, 1000 * ms).log;
}

/**
Times a second that the main loop gets a host CPU, and that vCPU 0 loses
one to it or sleeps on the BQL.
*/
function counts(log: ModelLog): {readonly wakes: number; readonly preempted: number; readonly asleep: number} {
	const states = log.of('vcpuState').filter(({actor}) => actor === 0);
	return {
		wakes: log.of('mainLoopOnCpu').filter(({value}) => value === 1).length,
		preempted: states.filter(({subject}) => subject === vcpuState.stolen).length,
		asleep: states.filter(({subject}) => subject === vcpuState.blocked).length,
	};
}

// Measured with 250 ticks a second and no GPU work: wake-ups of the main loop and its
// preemptions of a busy vCPU, a second.
test('tcg, 2 host CPUs, one busy vCPU: two wake-ups of the main loop a tick, and the vCPU sleeps on the BQL', () => {
	const {wakes, asleep} = counts(idleMachine(2, 1));
	expect(wakes).toBeGreaterThan(440);
	expect(wakes).toBeLessThan(540);
	expect(asleep).toBeGreaterThan(100);
	expect(asleep).toBeLessThanOrEqual(260);
});

test('tcg, one host CPU, one busy vCPU: three wake-ups a tick, each of which takes the CPU from the vCPU', () => {
	const {wakes, preempted} = counts(idleMachine(1, 1));
	expect(wakes).toBeGreaterThan(700);
	expect(wakes).toBeLessThan(800);
	expect(preempted).toBeGreaterThan(700);
	expect(preempted).toBeLessThan(800);
});

test('tcg: of vCPUs that tick together the later ones do not wake the main loop', () => {
	// Measured: 686 to 725 for two where one alone has 750. If each woke it, two
	// would have 1130 and four 1660.
	const [one = 0, two = 0, four = 0] = [1, 2, 4].map(vcpus => counts(idleMachine(vcpus, vcpus, vcpus)).wakes);
	expect(two).toBeLessThan(1.3 * one);
	expect(four).toBeLessThan(1.35 * two);
});

test('tcg, one host CPU, both busy: a vCPU that is off for a slice loses its ticks', () => {
	const {wakes, preempted} = counts(idleMachine(1, 2));
	expect(wakes).toBeGreaterThan(560);
	expect(wakes).toBeLessThan(760);
	expect(preempted).toBeGreaterThan(280);
	expect(preempted).toBeLessThan(420);
});

/** KVM with plain costs. */
function kvm(set: Settings, threads: number): ModelLog {
	return logged(
		configurationOf({'guest.tick': 4 * ms, 'guest.cost.tick': 2 * us, ...set}, [busy(threads)]),
		1000 * ms,
	).log;
}

test('kvm: a tick is two exits to the kernel, on busy vCPUs only', () => {
	const exits = (log: ModelLog) =>
		[0, 1].map(
			vcpu => log.of('exit').filter(({actor, subject}) => actor === vcpu && subject === exitKind.kernel).length,
		);
	const [first, second] = exits(kvm({}, 1));
	expect(first).toBeGreaterThan(490);
	expect(first).toBeLessThanOrEqual(500);
	expect(second).toBe(0);
	expect(exits(kvm({'guest.tick': ms}, 2)).every(count => count > 1900 && count <= 2000)).toBe(true);
});

test("guest.tick=0: no tick where a thread has its vCPU for itself, and the kernel's own where it has not", () => {
	expect(kvm({'guest.tick': 0}, 2).count('exit')).toBe(0);
	const shared = kvm(
		{
			'guest.tick': 0,
			'guest.vcpus': 1,
			'guest.irqVcpu': 0,
			'guest.cursorIrqVcpu': 0,
		},
		2,
	);
	expect(shared.count('exit')).toBeGreaterThan(490);
	expect(shared.count('exit')).toBeLessThanOrEqual(502);
});

test('ticks that fall due while a vCPU is off its CPU are lost', () => {
	const {clients, parameters, ...rest} = configurationOf(
		{
			'guest.tick': ms,
			'host.cpus': 1,
			'host.load': 3,
			'host.timeslice': 4 * ms,
		},
		[busy(1)],
	);
	const {log} = logged({...rest, clients, parameters}, 1000 * ms);
	const exits = log.of('exit').filter(({subject}) => subject === exitKind.kernel).length;
	// A quarter of the CPU is the vCPU's: so is about a quarter of 1000
	// ticks, of at most two exits each.
	expect(exits).toBeGreaterThan(300);
	expect(exits).toBeLessThan(800);
});
