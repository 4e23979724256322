import {type Thread, threadState} from '../cpu/thread.js';
import {commands, inSegments} from '../devices/gpu/commands.js';
import {vcpuState, vcpuStateNames} from '../tracepoints/tracepoints.js';
import {type Machine} from './machine.js';

/** A rule of the model is broken: a fault of vqlab. */
export class InvariantError extends Error {
	override name = 'InvariantError';
}

function must(holds: boolean, what: string): void {
	if (!holds) {
		throw new InvariantError(what);
	}
}

/**
What must hold after every event. Slots are conserved, indices are in order, a lock has one holder
that does not sleep and is not preempted by its guest, a thread is in one place, and nobody sleeps
on a ring that has room without a wake-up on its way. What a vCPU is said to do agrees with where
the scheduler has its thread, so no time on a CPU is lost or counted twice; a frozen CPU runs no
segment; no host thread starves. Throws `InvariantError`.
*/
export function checkInvariants(machine: Machine): void {
	checkRings(machine);
	checkLocks(machine);
	checkCpus(machine.guest.core.cpus, 'guest');
	checkCpus(machine.host.core.cpus, 'host');
	checkStates(machine);
	checkFrozen(machine);
	checkStarvation(machine);
}

function checkRings(machine: Machine): void {
	for (const queue of machine.guest.core.queues) {
		const {ring} = queue;
		let held = 0;
		let inFlight = 0;
		for (let id = 0; id < ring.size; id++) {
			const command = ring.tokenAt(id);
			if (command >= 0) {
				const {name} = commands[machine.pool.type[command]];
				held += ring.slotsNeeded(machine.pool.out[command], inSegments(name));
				inFlight++;
			}
		}

		must(
			ring.numFree + held === ring.size,
			`queue ${queue.id}: num_free ${ring.numFree} + in flight ${held} is not ${ring.size}`,
		);
		must(ring.countFree() === ring.numFree, `queue ${queue.id}: the free list is broken`);
		if (ring.layout === 'split') {
			const popped = (ring.lastAvail - ring.usedIndex) & 0xff_ff;
			const visible = (ring.availIndex - ring.lastAvail) & 0xff_ff;
			const used = (ring.usedIndex - ring.lastUsed) & 0xff_ff;
			must(
				popped + visible + used === inFlight,
				`queue ${queue.id}: ${visible} visible + ${popped} popped + ${used} used is not ${inFlight} in flight`,
			);
		}
	}
}

function checkLocks(machine: Machine): void {
	const {core} = machine.guest;
	for (const queue of core.queues) {
		const {owner} = queue.lock;
		if (owner >= 0 && core.roles.handlerVcpu(owner) < 0) {
			const thread = core.cpus.threads[owner];
			must(
				thread.state === threadState.running,
				`queue ${queue.id}: thread ${owner} holds the lock and does not run`,
			);
			must(thread.preemptCount === 1, `queue ${queue.id}: the holder can be preempted by its guest`);
		}
	}
}

function checkCpus(set: Machine['guest']['core']['cpus'], level: string): void {
	const seen = new Uint8Array(set.threads.length);
	for (const cpu of set.cpus) {
		if (cpu.current >= 0) {
			const thread = set.threads[cpu.current];
			must(
				thread.state === threadState.running && thread.cpu === cpu.id,
				`${level} CPU ${cpu.id} runs thread ${thread.id}, which does not know`,
			);
			must(thread.remaining >= 0, `${level} thread ${thread.id} has ${thread.remaining} ns left`);
			seen[cpu.current]++;
		}

		for (let i = 0; i < cpu.queued; i++) {
			const thread = set.threads[cpu.queue[i]];
			must(
				thread.delayed ? thread.state === threadState.sleeping : thread.state === threadState.queued,
				`${level} thread ${thread.id} is queued in state ${thread.state}`,
			);
			seen[thread.id]++;
		}
	}

	for (const thread of set.threads) {
		const expected = thread.state === threadState.sleeping && !thread.delayed ? 0 : 1;
		must(seen[thread.id] === expected, `${level} thread ${thread.id} is in ${seen[thread.id]} places`);
	}
}

/**
Of states and scheduler: on a CPU, waiting for one, or asleep. A fault's preemption is said to be
stolen though the thread sleeps.
*/
function agrees(state: number, thread: Thread): boolean {
	switch (thread.state) {
		case threadState.running: {
			return state <= vcpuState.poll;
		}

		case threadState.queued: {
			return state === vcpuState.stolen;
		}

		default: {
			return state > vcpuState.poll;
		}
	}
}

function checkStates(machine: Machine): void {
	const {cpus, roles} = machine.host.core;
	for (const vcpu of roles.vcpus) {
		const thread = cpus.threads[roles.vcpuThread(vcpu)];
		const state = machine.host.vcpus.stateOf(vcpu);
		must(
			agrees(state, thread),
			`vCPU ${vcpu} is said to be ${vcpuStateNames[state]}, its thread is in state ${thread.state}`,
		);
	}
}

function checkFrozen(machine: Machine): void {
	for (const cpu of machine.guest.core.cpus.cpus) {
		must(
			!cpu.frozen || !machine.guest.core.loop.queue.isArmed(cpu.segmentTimer),
			`vCPU ${cpu.id} is frozen and a segment runs on it`,
		);
		must(
			cpu.frozen || machine.host.core.cpus.threads[cpu.id].state === threadState.running,
			`vCPU ${cpu.id} executes, and its thread has no host CPU`,
		);
	}
}

/**
Nobody who wants a host CPU waits for longer than all who have shared it meanwhile
take with a slice and a tick each.
*/
function checkStarvation(machine: Machine): void {
	const {cpus, loop} = machine.host.core;
	const {timeslice, tick} = cpus.settings;
	for (const cpu of cpus.cpus) {
		const bound = cpu.most * (timeslice + tick);
		for (let i = 0; i < cpu.queued; i++) {
			const thread = cpus.threads[cpu.queue[i]];
			must(
				thread.delayed || loop.now - thread.waitingSince <= bound,
				`host thread ${thread.id} has waited for CPU ${cpu.id} for ${loop.now - thread.waitingSince} ` +
					`ns, more than ${bound}`,
			);
		}
	}
}
