import {formatCount, formatGrouped, formatPerSecond, formatShare} from '../charts/format-number.js';
import {type QueueProfile} from '../devices/profile.js';
import {burstOf} from './client-burst.js';
import {type Facts} from './facts.js';
import {type Finding, type Suggestion} from './finding.js';
import {duration, usedUp} from './verdict-host.js';

/** Sleeping for room is the bottleneck from this share of the latency on. */
const roomShare = 0.1;

/** Doorbells are dear when they take this share of a vCPU. */
const doorbellShare = 0.25;

/** The largest ring that QEMU's virtio-gpu takes (VIRTQUEUE_MAX_SIZE). */
const largestRing = 1024;

/** Submitters sleep because the ring lacks room, while the host has time. */
export function ringFull(facts: Facts): Finding | undefined {
	const {ring, throughput} = facts.metrics;
	const {mean, share} = facts.stage('ringWait');
	const waits = ring.fullWaits;
	if (share < roomShare || waits === 0) {
		return undefined;
	}

	const {sizeKey} = facts.queue;
	const size = facts.value(sizeKey);
	const asleep = (mean * throughput.completed) / 1000;
	const bursts = facts.controlClients.map(client => burstOf(client));
	let burst = 0;
	for (const one of bursts) {
		burst += one ?? Number.POSITIVE_INFINITY;
	}

	const reason =
		Number.isFinite(burst) && burst > size ? `burst ${formatGrouped(burst)} > ring ${size}` : `ring of ${size}`;
	return {
		bottleneck: 'ring-full',
		text:
			`Ring full ${formatCount(waits)} times/s: num_free reaches ${formatGrouped(ring.numFree.min ?? 0)}, ` +
			`submitters sleep ${formatPerSecond(asleep)} ms/s; ${reason}.`,
		short: `Ring full ${formatCount(waits)}/s; asleep ${formatPerSecond(asleep)} ms/s; ${reason}`,
		evidence: [
			{metric: 'ring.fullWaits', value: waits, text: `${formatCount(waits)} sleeps on ack_queue a second`},
			{
				metric: 'ring.numFree.min',
				value: ring.numFree.min ?? 0,
				text: `num_free goes down to ${formatGrouped(ring.numFree.min ?? 0)} of ${size}`,
			},
			{
				metric: 'latency.stages.ringWait.share',
				value: share,
				text: `${formatShare(share)} % of a command's life is the wait for room`,
			},
		],
		suggestion: largerRing(sizeKey, size, burst),
	};
}

function largerRing(key: QueueProfile['sizeKey'], size: number, burst: number): Suggestion | null {
	let larger = size * 2;
	while (larger < burst && larger < largestRing) {
		larger *= 2;
	}

	return larger > largestRing || size <= 0
		? null
		: {
				set: {[key]: larger},
				why: 'submitters go on while the host works, until the host itself is the limit',
			};
}

/** A vCPU spends its time outside the guest, ringing. */
export function doorbell(facts: Facts): Finding | undefined {
	const {kicks} = facts.metrics;
	const rate = kicks.perSecond;
	const vcpu = facts.vcpus.toSorted((a, b) => b.exit - a.exit).at(0);
	if (vcpu === undefined || vcpu.exit < doorbellShare || rate === 0) {
		return undefined;
	}

	const each = (vcpu.exit * 1e6) / rate;
	const asleep = (vcpu.blocked * 1e6) / rate;
	const outside = formatPerSecond(vcpu.exit * 1000);
	return {
		bottleneck: 'doorbell',
		text:
			`Doorbells cost ${duration(each)} x ${formatCount(rate)}/s = ${outside} ms/s of vCPU ${vcpu.index}; ` +
			`${duration(asleep)} of each waits for the BQL.`,
		short: `Doorbells: ${duration(each)} x ${formatCount(rate)}/s = ${outside} ms/s; ${duration(asleep)} is BQL`,
		evidence: [
			{metric: 'kicks.perSecond', value: rate, text: `${formatCount(rate)} doorbells a second`},
			{
				metric: `cpu.vcpus[${vcpu.index}].exit`,
				value: vcpu.exit - vcpu.blocked,
				text: `vCPU ${vcpu.index} runs KVM and QEMU code for ${formatShare(vcpu.exit - vcpu.blocked)} %`,
			},
			{
				metric: `cpu.vcpus[${vcpu.index}].blocked`,
				value: vcpu.blocked,
				text: `and sleeps in them for ${formatShare(vcpu.blocked)} %`,
			},
		],
		suggestion: fewerDoorbells(facts),
	};
}

function fewerDoorbells(facts: Facts): Suggestion | null {
	if (facts.wouldUseEventfd) {
		return {
			set: {'host.ioeventfd': true},
			why: 'KVM signals an eventfd and returns at once: no exit to QEMU, no BQL',
		};
	}

	return facts.value('driver.lockPolicy').startsWith('kick-batched')
		? null
		: {
				set: {'driver.lockPolicy': 'kick-batched'},
				why: 'one doorbell for a batch instead of one for each command',
			};
}

/** The guest has no time left on the vCPU that submits. */
export function submitterBound(facts: Facts): Finding | undefined {
	const {busiestVcpu: vcpu, mainLoop} = facts;
	if (vcpu.busy < usedUp) {
		return undefined;
	}

	const busy = formatShare(vcpu.guest + vcpu.exit);
	return {
		bottleneck: 'submitter-bound',
		text:
			`Bound by the submitter: vCPU ${vcpu.index} is ${busy} % busy (${formatShare(vcpu.guest)} guest, ` +
			`${formatShare(vcpu.exit)} exit); host loop ${formatShare(mainLoop)} %.`,
		short: `Submitter-bound: vCPU ${vcpu.index} ${busy} % busy; host loop ${formatShare(mainLoop)} %`,
		evidence: [
			{
				metric: `cpu.vcpus[${vcpu.index}].guest`,
				value: vcpu.guest,
				text: `vCPU ${vcpu.index} runs guest code for ${formatShare(vcpu.guest)} %`,
			},
			{
				metric: 'cpu.mainLoop',
				value: mainLoop,
				text: `the ${facts.server} is busy for ${formatShare(mainLoop)} %`,
			},
		],
		suggestion: null,
	};
}
