import {formatDuration, formatShare} from '../charts/format-number.js';
import {type Facts} from './facts.js';
import {type Finding} from './finding.js';

/** A CPU or a thread that is busy for this share of the time has nothing left to give. */
export const usedUp = 0.9;

/** A stage that takes this share of the latency is what a command waits for. */
const dominant = 0.3;

/** A figure of the JSON in us as text with its unit. */
export function duration(microseconds: number): string {
	return formatDuration(microseconds * 1000);
}

/** The GPU is done for most of the time that a fence waits, and nobody looks. */
function isPolled(facts: Facts): boolean {
	const fence = facts.largestWait('fence');
	const poll = facts.largestWait('poll');
	return facts.value('device.fence') === 'poll' && (poll.mean * 2 > fence.mean || poll.tail * 2 > fence.tail);
}

/** Fences of virgl are looked at every `device.fencePoll`: most of the time is the timer's. */
export function fencePoll(facts: Facts): Finding | undefined {
	const {mean, share} = facts.stage('fence');
	const wait = facts.largestWait('poll');
	if (!isPolled(facts) || (share < dominant && !facts.largestWait('fence').dominates)) {
		return undefined;
	}

	const poll = facts.value('device.fencePoll');
	const latency = facts.metrics.latency.mean ?? 0;
	const frames = framesShown(facts);
	return {
		bottleneck: 'fence-poll',
		text:
			`Fences wait for the ${formatDuration(poll)} poll: ${duration(mean)} of ${duration(latency)} ` +
			`(${formatShare(share)} %)${frames === '' ? '' : `; ${frames} frames/s shown`}.`,
		short:
			`Fence poll ${formatDuration(poll)}: ${duration(mean)} of ` +
			`${duration(latency)}${frames === '' ? '' : `; ${frames} frames/s`}`,
		evidence: [
			{
				metric: 'latency.waits.poll.mean',
				value: wait.mean,
				text: `${duration(wait.mean)} after the GPU was done, until somebody looks`,
			},
			{
				metric: 'latency.stages.fence.mean',
				value: mean,
				text: `${duration(mean)} from the end of processing to the fence's response`,
			},
			{metric: 'latency.stages.fence.share', value: share, text: `${formatShare(share)} % of a command's life`},
		],
		suggestion:
			poll > 1e6
				? {
						set: {'device.fencePoll': '1ms'},
						why:
							'a fence waits for half a period on average when the GPU is done, for a whole one when ' +
							'it just missed it',
					}
				: null,
	};
}

/**
The GPU works, or another context's fence is in front: most of the response, or
of a frame that comes too late.
*/
export function fenceWait(facts: Facts): Finding | undefined {
	const {mean, share} = facts.stage('fence');
	const fence = facts.largestWait('fence');
	const late = facts.missesFrames && facts.isLarge(fence);
	if (isPolled(facts) || (!fence.dominates && !late)) {
		return undefined;
	}

	const latency = facts.metrics.latency.mean ?? 0;
	const frames = framesShown(facts);
	const shown = frames === '' ? '' : `; ${frames} frames/s`;
	const isGlobal = facts.value('driver.fenceContexts') === 'global' && facts.controlClients.length > 1;
	const what = isGlobal ? 'GPU and the fences before theirs' : 'GPU';
	return {
		bottleneck: 'fence-wait',
		text:
			`Fences wait for the ${what}: ${duration(mean)} of ${duration(latency)} (${formatShare(share)} ` +
			`%)${shown}${shown === '' ? '' : ' shown'}.`,
		short: `Fences wait for the GPU: ${duration(mean)} of ${duration(latency)}${shown}`,
		evidence: [
			{
				metric: 'latency.stages.fence.mean',
				value: mean,
				text: `${duration(mean)} from the end of processing to the fence's response`,
			},
			{
				metric: 'latency.waits.fence.share',
				value: share,
				text:
					`${formatShare(share)} % of a command's life, ${formatShare(fence.tailShare)} % of the slowest ` +
					'responses',
			},
			{
				metric: 'latency.waits.poll.mean',
				value: facts.wait('poll').mean,
				text: `${duration(facts.wait('poll').mean)} of it after the GPU was done`,
			},
		],
		suggestion: isGlobal
			? {
					set: {'driver.fenceContexts': 'per-context'},
					why: 'a fence then waits for its own context only, not for all that are before it',
				}
			: null,
	};
}

/** `60.0 of 120` for the first paced client; empty without one. */
function framesShown(facts: Facts): string {
	const client = facts.configuration.clients.find(spec => spec.kind === 'paced' && spec.hz !== undefined);
	const shown = client && facts.metrics.frames?.[client.name]?.perSecond;
	return client?.hz === undefined || shown === undefined ? '' : `${shown.toFixed(1)} of ${client.hz}`;
}

/** The main loop (or worker) has no time left: commands queue up in the host. */
export function loopBound(facts: Facts): Finding | undefined {
	const {mainLoop, busiestVcpu, server} = facts;
	if (mainLoop < usedUp) {
		return undefined;
	}

	const {share} = facts.stage('hostQueue');
	return {
		bottleneck: 'loop-bound',
		text:
			`Bound by the host: ${server} ${formatShare(mainLoop)} % busy, host queue ${formatShare(share)} % of ` +
			`latency; vCPU ${busiestVcpu.index} is ${formatShare(busiestVcpu.idle)} % idle.`,
		short: `Host-bound: ${server} ${formatShare(mainLoop)} % busy, host queue ${formatShare(share)} % of latency`,
		evidence: [
			{
				metric: 'cpu.mainLoop',
				value: mainLoop,
				text: `the ${server} is on a CPU for ${formatShare(mainLoop)} % of the time`,
			},
			{
				metric: 'latency.stages.hostQueue.share',
				value: share,
				text: `commands spend ${formatShare(share)} % of their life popped and waiting`,
			},
			{
				metric: `cpu.vcpus[${busiestVcpu.index}].idle`,
				value: busiestVcpu.idle,
				text: `vCPU ${busiestVcpu.index} is idle for ${formatShare(busiestVcpu.idle)} %`,
			},
		],
		suggestion: null,
	};
}

/** The IRQ came, the dequeue work was queued, and its kworker got no CPU. */
export function workerLate(facts: Facts): Finding | undefined {
	const {mean, share} = facts.stage('workerDelay');
	const target = facts.value('guest.irqVcpu');
	const vcpu = facts.vcpus.find(use => use.index === target);
	if (share < dominant || vcpu === undefined) {
		return undefined;
	}

	const idlest = facts.vcpus.toSorted((a, b) => b.idle - a.idle)[0];
	return {
		bottleneck: 'worker-late',
		text:
			`The worker starts ${duration(mean)} after its IRQ (mean), ${formatShare(share)} % of latency: vCPU ` +
			`${target} is ${formatShare(vcpu.busy)} % busy.`,
		short: `Worker starts ${duration(mean)} after its IRQ: vCPU ${target} ${formatShare(vcpu.busy)} % busy`,
		evidence: [
			{
				metric: 'latency.stages.workerDelay.mean',
				value: mean,
				text: `${duration(mean)} from the IRQ handler to the dequeue work`,
			},
			{
				metric: 'latency.stages.workerDelay.share',
				value: share,
				text: `${formatShare(share)} % of a command's life`,
			},
			{
				metric: `cpu.vcpus[${target}].guest`,
				value: vcpu.guest,
				text: `vCPU ${target} runs guest code for ${formatShare(vcpu.guest)} %`,
			},
		],
		suggestion:
			idlest.index === target || idlest.idle < vcpu.idle + dominant
				? null
				: {
						set: {'guest.irqVcpu': idlest.index},
						why:
							`the work runs on the vCPU that took the IRQ, and vCPU ${idlest.index} is ` +
							`${formatShare(idlest.idle)} % idle`,
					},
	};
}
