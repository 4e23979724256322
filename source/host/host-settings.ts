import {type ResolvedParameters} from '../parameters/configuration.js';
import {booleanOf, choiceOf, numberOf} from '../parameters/read.js';
import {
	type BackendName, backendNames, interruptAccesses, longestChains,
} from './backends/backend.js';

export const fenceModes = ['sync', 'poll', 'async'] as const;

/** What kind of host it is, read at each use. */
export class HostSettings {
	/** Who implements the device. */
	backend: BackendName = 'qemu';
	/** Segments of the longest chain that it takes. */
	longestChain = Infinity;
	/** Register accesses of the guest's interrupt handler. */
	interruptAccesses = 0;
	/** The doorbell page is the device's own: no exit. */
	mapped = false;
	/** There is a BQL, which others take too. */
	hasBql = true;
	virgl = false;
	/** A fence signals only when all before it have, of whatever context. */
	globalFences = false;
	/** How long a vCPU may spin before KVM takes it out, ns; 0: for ever. */
	pauseWindow = 0;
	/** Emulation: no exits, but the BQL for nearly everything. */
	tcg = false;
	/** KVM turns a doorbell into an eventfd; always so for a backend outside of QEMU. Under TCG the eventfd is written from the locked path. */
	ioeventfd = false;
	/** kvm.halt_poll_ns, ns. */
	haltPoll = 0;
	/** Time off the CPUs after which a vCPU has lost half of its caches, ns. */
	coldTime = 0;
	/** Fences end with the command, at a poll, or by a callback. */
	fencePolled = false;
	fenceAsync = false;
	/** Period of virtio_gpu_fence_poll, ns. */
	fencePoll = 0;
	/** Busy threads beside the VMM. */
	load = 0;
	/** TCG: how often a vCPU takes the BQL on its way into HLT, out of it with an interrupt, and to take an interrupt while it runs. */
	bqlPerHalt = 0;
	bqlPerWake = 1;
	bqlPerInterrupt = 1;
	/** How often the thread that serves the device changes its CPU, per second. */
	moves = 0;
	/** How often something else on the machine wakes up, per second. */
	backgroundRate = 0;
	/** How often somebody else takes the BQL, per second. */
	bqlRate = 0;

	constructor(parameters: ResolvedParameters) {
		this.update(parameters);
		this.reset(parameters);
	}

	/** Takes over what changes at its next use. */
	update(parameters: ResolvedParameters): void {
		this.haltPoll = numberOf(parameters, 'host.haltPoll');
		this.coldTime = numberOf(parameters, 'host.coldTime');
		this.fencePoll = numberOf(parameters, 'device.fencePoll');
		this.load = numberOf(parameters, 'host.load');
		this.bqlPerHalt = numberOf(parameters, 'host.bql.perHalt');
		this.bqlPerWake = numberOf(parameters, 'host.bql.perWake');
		this.bqlPerInterrupt = numberOf(parameters, 'host.bql.perInterrupt');
		this.bqlRate = numberOf(parameters, 'host.bql.rate');
		this.backgroundRate = numberOf(parameters, 'host.background.rate');
		this.moves = numberOf(parameters, 'host.moves');
		this.pauseWindow = numberOf(parameters, 'host.ple');
	}

	/** Takes over what needs a device reset. */
	reset(parameters: ResolvedParameters): void {
		this.tcg = choiceOf(parameters, 'host.accel', ['kvm', 'tcg']) === 'tcg';
		this.backend = choiceOf(parameters, 'host.backend', backendNames);
		this.longestChain = longestChains[this.backend];
		this.interruptAccesses = interruptAccesses[this.backend];
		this.mapped = this.backend === 'mapped';
		this.hasBql = this.backend !== 'crosvm' && this.backend !== 'libkrun';
		this.ioeventfd = booleanOf(parameters, 'host.ioeventfd') || this.backend !== 'qemu';
		this.virgl = choiceOf(parameters, 'device.kind', ['2d', 'virgl']) === 'virgl';
		this.globalFences = choiceOf(parameters, 'driver.fenceContexts', ['per-context', 'global']) === 'global';
		const fence = choiceOf(parameters, 'device.fence', fenceModes);
		this.fencePolled = fence === 'poll';
		this.fenceAsync = fence === 'async';
	}
}
