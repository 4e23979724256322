import fc from 'fast-check';
import {withChange} from '../../source/simulation/parameters/change.js';
import {type ClientSpec, type FaultSpec, type LoopStep} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {queueOfStep} from '../../source/parameters/client-queues.js';
import {resolveParameters} from '../../source/simulation/parameters/resolve.js';
import {UserError} from '../../source/errors/user-error.js';
import {commandOf, type CommandName} from '../../source/devices/gpu/commands.js';
import {type Settings} from './model-configuration.js';

/** A run to try: all that decides its events. */
export type Trial = {
	readonly configuration: Configuration;
	readonly changes: ReadonlyArray<{readonly at: number; readonly set: Settings}>;
	readonly seed: number;
};

/** One of these; the simplest first. */
const one = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const controlCommands: readonly CommandName[] = [
	'RESOURCE_CREATE_2D',
	'RESOURCE_ATTACH_BACKING',
	'TRANSFER_TO_HOST_2D',
	'SUBMIT_3D',
	'RESOURCE_FLUSH',
	'GET_EDID',
];

const costs = [
	'guest.cost.prepare',
	'guest.cost.add',
	'host.cost.exitUser',
	'host.cost.loopWake',
	'guest.cost.workerWake',
	'device.cost.RESOURCE_CREATE_2D',
];

const settings = fc
	.record({
		accel: one('kvm', 'kvm', 'tcg'),
		backend: one('qemu', 'qemu', 'vhost-user-gpu', 'crosvm', 'libkrun', 'mapped'),
		kind: one('2d', 'virgl'),
		asyncFences: fc.boolean(),
		pvSpinlock: fc.boolean(),
		vcpus: one(1, 2, 4),
		irqVcpu: fc.nat(3),
		cursorIrqVcpu: fc.nat(3),
		means: fc.array(fc.nat(10_000), {minLength: costs.length, maxLength: costs.length}),
		rest: fc.record({
			'driver.lockPolicy': one('kick-batched', 'kick-after-unlock', 'kick-under-lock', 'kick-batched-under-lock'),
			'driver.roomRule': one('check-first', 'add-first'),
			'driver.spinlock': one('qspinlock', 'test-and-set'),
			'driver.fullRing': one('wait', 'wait', 'busy-error'),
			'queue.size': one(64, 4, 8, 16, 256),
			'queue.cursorSize': one(16, 2),
			'queue.eventIdx': one(true, false),
			'queue.indirect': one(true, false),
			'queue.layout': one('split', 'packed'),
			'driver.waitBug': one(false, false, false, true),
			'driver.fenceEverySubmit': one(false, true),
			'host.cpus': one(8, 1, 2, 3),
			'host.ioeventfd': fc.boolean(),
			'host.load': one(0, 0, 1, 2),
			'host.haltPoll': one(0, 200_000),
			'host.bql.rate': one(0, 1000, 20_000),
			'host.wakeupPreemption': one(true, false),
			'host.ple': one(0, 0, 1400),
			'driver.fenceContexts': one('per-context', 'global'),
			'guest.cost.spinThreshold': one(32_768, 100),
		}),
	})
	.map(({accel, backend, kind, asyncFences, pvSpinlock, vcpus, irqVcpu, cursorIrqVcpu, means, rest}): Settings => ({
		...rest,
		'host.accel': accel,
		// Emulation is QEMU's own.
		'host.backend': accel === 'tcg' ? 'qemu' : backend,
		...(backend === 'libkrun' && accel === 'kvm' ? {'queue.eventIdx': false, 'queue.layout': 'split'} : {}),
		...(['crosvm', 'libkrun'].includes(backend) && accel === 'kvm' ? {'queue.indirect': false} : {}),
		'device.kind': kind,
		'guest.vcpus': vcpus,
		'guest.irqVcpu': irqVcpu % vcpus,
		'guest.cursorIrqVcpu': cursorIrqVcpu % vcpus,
		...(kind === 'virgl'
			? {'device.fence': asyncFences || !['qemu', 'crosvm'].includes(backend) ? 'async' : 'poll'}
			: {}),
		...(accel === 'kvm' && pvSpinlock ? {'driver.spinlock': 'pv-qspinlock'} : {}),
		...Object.fromEntries(costs.map((key, index) => [key, {kind: 'exp', mean: means[index]}])),
	}));

const clientOf = fc.record({
	threads: one(1, 2, 3),
	pinned: fc.boolean(),
	kind: one('closed', 'open', 'paced'),
	rate: one(100, 20_000),
	burst: one(1, 10),
	hz: one(60, 5000),
	cursor: one(false, false, false, true),
	waits: fc.boolean(),
	think: one(0, 20_000),
	loop: fc.array(
		fc.record({
			commands: fc.array(one(...controlCommands), {minLength: 1, maxLength: 12}),
			notify: one('end', 'end', 'each'),
			objects: one(0, 0, 0, 1, 4),
			pages: one(1, 1, 2),
			waits: one(false, false, true),
			timeout: one(0, 0, 300_000),
			elsewhere: one(false, false, false, true),
		}),
		{minLength: 1, maxLength: 2},
	),
});

type Draft = {
	readonly commands: readonly CommandName[];
	readonly notify: 'end' | 'each';
	readonly objects: number;
	readonly pages: number;
	readonly waits: boolean;
	readonly timeout: number;
	readonly elsewhere: boolean;
};

/** A step of a client of either queue; one of a control client may go to the cursor queue. */
function stepOf(draft: Draft, cursorClient: boolean): LoopStep {
	const {commands, notify, objects} = draft;
	if (cursorClient || draft.elsewhere) {
		return {
			commands: commands.map(() => 'MOVE_CURSOR' as const),
			notify,
			fenced: false,
			objects: 0,
			...(cursorClient ? {} : {queue: 'cursor'}),
		};
	}

	return {
		commands,
		notify,
		objects,
		...(commands.some(name => commandOf(name).hasData) ? {pages: draft.pages} : {}),
		fenced: objects > 0,
		...(draft.waits ? {wait: 'response', ...(draft.timeout > 0 ? {timeout: draft.timeout} : {})} : {}),
	};
}

const clients = fc.array(clientOf, {minLength: 1, maxLength: 3}).map(specs =>
	specs.map((spec, index): ClientSpec => ({
		name: `c${index}`,
		threads: spec.threads,
		vcpu: spec.pinned ? 0 : 'any',
		kind: spec.kind,
		...(spec.kind === 'open' ? {rate: spec.rate, burst: spec.burst} : {}),
		...(spec.kind === 'paced' ? {hz: spec.hz} : {}),
		queue: spec.cursor ? 'cursor' : 'control',
		wait: spec.waits && !spec.cursor && spec.loop.some(step => !step.elsewhere) ? 'response' : 'none',
		think: {kind: 'exp', mean: spec.think},
		loop: spec.loop.map(step => stepOf(step, spec.cursor)),
	})),
);

const faults = fc.array(
	fc.record({
		kind: one('host-stall', 'renderer-block', 'vcpu-preempt'),
		at: fc.nat(8_000_000),
		for: fc.integer({min: 1, max: 2_000_000}),
		every: one(undefined, 1_000_000, 300_000),
		vcpu: fc.nat(3),
	}),
	{maxLength: 2},
);

type RandomFault = typeof faults extends fc.Arbitrary<Array<infer Fault>> ? Fault : never;

/** Only faults that a run gets over, and that this host knows. */
function faultsOf(specs: readonly RandomFault[], given: Settings): readonly FaultSpec[] {
	return specs
		.filter(({kind}) => kind !== 'renderer-block' || given['host.backend'] === 'qemu')
		.map(({kind, at, for: time, every, vcpu}) => ({
			kind,
			at,
			// Not for ever.
			for: every === undefined ? time : Math.min(time, every / 2),
			...(every === undefined ? {} : {every}),
			...(kind === 'vcpu-preempt' ? {vcpu: vcpu % Number(given['guest.vcpus'])} : {}),
		}));
}

const change = fc.record({
	at: fc.nat(10_000_000),
	set: one<Settings>(
		{'host.load': 0},
		{'host.load': 3},
		{'driver.lockPolicy': 'kick-under-lock'},
		{'driver.lockPolicy': 'kick-batched'},
		{'driver.roomRule': 'add-first'},
		{'driver.fullRing': 'busy-error'},
		{'queue.size': 8},
		{'queue.size': 32},
		{'queue.size': 128},
		{'queue.eventIdx': false},
		{'queue.layout': 'packed'},
		{'queue.layout': 'split'},
		{'host.ioeventfd': true},
		{'guest.irqVcpu': 0},
		{'host.backend': 'crosvm'},
		{'host.backend': 'mapped'},
		{'host.backend': 'vhost-user-gpu'},
		{'host.ple': 1400},
		{'clients.c0.service': {kind: 'exp', mean: 30_000}},
		{'clients.c0.rate': 3000},
		{'clients.c0.hz': 700},
		{'clients.c0.think': {kind: 'const', value: 40_000}},
		{'clients.c0.fenced': true},
		{'driver.fenceContexts': 'global'},
	),
});

/** libkrun never reads the cursor queue. */
function withoutCursor(specs: readonly ClientSpec[]): readonly ClientSpec[] {
	return specs
		.map(spec => ({...spec, loop: spec.loop.filter(step => queueOfStep(spec, step) === 'control')}))
		.filter(({loop}) => loop.length > 0);
}

/**
Runs of 10 ms of every kind, with up to three changes. Shrinks towards
one client on an idle machine.
*/
export const trial: fc.Arbitrary<Trial> = fc
	.record({
		given: settings,
		clients,
		faults,
		changes: fc.array(change, {maxLength: 3}),
		seed: fc.integer({min: 1, max: 1000}),
	})
	.map(({given, clients: specs, faults: faultSpecs, changes, seed}) => {
		const served = given['host.backend'] === 'libkrun' ? withoutCursor(specs) : specs;
		const configuration: Configuration = {
			parameters: resolveParameters(given),
			clients: served,
			faults: faultsOf(faultSpecs, given),
			given,
		};
		return {configuration, changes: changes.filter(({set}) => isPossible(configuration, set)), seed};
	});

/**
A change that the configuration refuses is no part of a trial; two that
refuse each other are left out too.
*/
function isPossible(configuration: Configuration, set: Settings): boolean {
	try {
		withChange(configuration, set);
		return true;
	} catch (error) {
		if (error instanceof UserError) {
			return false;
		}

		throw error;
	}
}

/** A trial in one line: what is set, the clients, the changes. */
export function describe({configuration, changes, seed}: Trial): string {
	return JSON.stringify({
		seed,
		set: configuration.given,
		clients: configuration.clients,
		faults: configuration.faults,
		changes,
	});
}
