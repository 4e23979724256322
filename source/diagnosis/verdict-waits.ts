import {formatCount, formatPerSecond, formatShare} from '../charts/format-number.js';
import {type VerdictName} from '../metrics/verdict-names.js';
import {type Facts} from './facts.js';
import {type Finding} from './finding.js';
import {duration} from './verdict-host.js';

/** The words of a wait: how much of what. */
function ofResponse(wait: {readonly mean: number; readonly share: number; readonly tailShare: number}): string {
	return wait.share >= wait.tailShare
		? `${duration(wait.mean)}, ${formatShare(wait.share)} % of the mean response`
		: `${formatShare(wait.tailShare)} % of the slowest responses`;
}

/**
The BQL is somebody else's: neither the main loop nor a vCPU, or it is
most of what a command waits for.
*/
export function bqlBusy(facts: Facts): Finding | undefined {
	const wait = facts.largestWait('bql');
	return wait.dominates || (isForeign(facts) && facts.isLarge(wait)) ? bqlFinding(facts, wait) : undefined;
}

/** The same, when others than the VM's own threads hold it. */
export function bqlHeldByOthers(facts: Facts): Finding | undefined {
	return isForeign(facts) ? bqlBusy(facts) : undefined;
}

/** Whether half of the time that the BQL is held others than the VM's own threads hold it. */
function isForeign({
	metrics: {
		bql: {byHolder, holdShare},
	},
}: Facts): boolean {
	return byHolder.other !== null && holdShare !== null && byHolder.other >= holdShare / 2;
}

function bqlFinding(facts: Facts, wait: ReturnType<Facts['largestWait']>): Finding {
	const {byHolder} = facts.metrics.bql;
	const waitPerSecond = facts.metrics.bql.waitPerSecond ?? 0;
	const holdShare = facts.metrics.bql.holdShare ?? 0;
	const holders = [
		{name: 'other', who: 'others', share: byHolder.other ?? 0},
		{name: 'mainLoop', who: 'the main loop', share: byHolder.mainLoop ?? 0},
		{name: 'vcpus', who: 'vCPUs', share: byHolder.vcpus ?? 0},
	].toSorted((a, b) => b.share - a.share);
	const [holder] = holders;
	const {kicks} = facts.metrics;
	const blocked = facts.vcpus.reduce((sum, vcpu) => sum + vcpu.blocked, 0);
	const asleep =
		kicks.perSecond > 0 && blocked > 0 ? `${duration((blocked * 1e6) / kicks.perSecond)} of each doorbell, ` : '';
	const held = `${holder.who} hold${holder.name === 'mainLoop' ? 's' : ''} it ${formatShare(holder.share)} %`;
	return {
		bottleneck: 'bql-busy',
		text:
			`BQL ${formatShare(holdShare)} % busy, ${held}: ${asleep}${ofResponse(wait)}; waits ` +
			`${formatPerSecond(waitPerSecond)} ms/s.`,
		short: `BQL: ${held}; waits ${formatPerSecond(waitPerSecond)} ms/s`,
		evidence: [
			{
				metric: 'bql.waitPerSecond',
				value: waitPerSecond,
				text: `threads sleep ${formatPerSecond(waitPerSecond)} ms a second on the BQL`,
			},
			{metric: `bql.byHolder.${holder.name}`, value: holder.share, text: held},
			{metric: `${wait.prefix}latency.waits.bql.mean`, value: wait.mean, text: `${ofResponse(wait)} wait for it`},
		],
		suggestion: facts.wouldUseEventfd
			? {set: {'host.ioeventfd': true}, why: 'a doorbell then needs no BQL, only the main loop does'}
			: null,
	};
}

/**
The dequeue worker's own runs: work that is queued waits for the run before it,
responses for those before them.
*/
export function workerLong(facts: Facts): Finding | undefined {
	const wait = facts.largestWait('workerRun');
	const delay = facts.stage('workerDelay');
	const response = facts.stage('response');
	// Of what a late worker costs, most is its own last run.
	const own = facts.isLarge(wait) && wait.share * 2 > delay.share + response.share;
	if (!wait.dominates && !own) {
		return undefined;
	}

	const {runs, batch, runTime, hogged} =
		wait.prefix === '' ? facts.metrics.worker : (facts.metrics.cursor?.worker ?? facts.metrics.worker);
	const run = `${formatCount(runs)}/s of ${formatCount(batch)} buffers, ${duration(runTime.mean ?? 0)} each`;
	return {
		bottleneck: 'worker-long',
		text: `Long worker runs, ${run}: ${ofResponse(wait)}.`,
		short: `Long worker runs: ${run}`,
		evidence: [
			{
				metric: `${wait.prefix}worker.runTime.mean`,
				value: runTime.mean ?? 0,
				text: `a run takes ${duration(runTime.mean ?? 0)}, at most ${duration(runTime.max ?? 0)}`,
			},
			{
				metric: `${wait.prefix}worker.runTime.hogged`,
				value: hogged,
				text: `${formatCount(hogged)} runs a second of more than 10 ms`,
			},
			{
				metric: `${wait.prefix}latency.waits.workerRun.mean`,
				value: wait.mean,
				text: `${ofResponse(wait)} wait for a run`,
			},
		],
		suggestion: null,
	};
}

/** Commands wait behind those of other clients. */
export function hostQueue(facts: Facts): Finding | undefined {
	const wait = facts.largestWait('otherClients');
	if (!wait.dominates) {
		return undefined;
	}

	const whose = wait.prefix === '' ? 'Commands' : 'Cursor commands';
	return {
		bottleneck: 'host-queue',
		text:
			`${whose} wait behind other clients': ${ofResponse(wait)}; ${facts.server} ` +
			`${formatShare(facts.mainLoop)} % busy.`,
		short:
			`${whose} wait behind other clients': ${duration(wait.mean)} ` +
			`(${formatShare(Math.max(wait.share, wait.tailShare))} %)`,
		evidence: [
			{
				metric: `${wait.prefix}latency.waits.otherClients.mean`,
				value: wait.mean,
				text: `${ofResponse(wait)} is service of other clients' commands`,
			},
			{
				metric: 'cpu.mainLoop',
				value: facts.mainLoop,
				text: `the ${facts.server} is busy for ${formatShare(facts.mainLoop)} %`,
			},
		],
		suggestion: null,
	};
}

/** A wait that makes most of the response, with no better name. */
function plainWait(
	name: 'lock' | 'room',
	bottleneck: VerdictName,
	what: string,
): (facts: Facts) => Finding | undefined {
	return facts => {
		const wait = facts.largestWait(name);
		return wait.dominates
			? {
					bottleneck,
					text: `${what}: ${ofResponse(wait)}.`,
					short: `${what}: ${formatShare(Math.max(wait.share, wait.tailShare))} %`,
					evidence: [
						{metric: `${wait.prefix}latency.waits.${name}.mean`, value: wait.mean, text: ofResponse(wait)},
					],
					suggestion: null,
				}
			: undefined;
	};
}

export const lockWait = plainWait('lock', 'lock-wait', "Commands wait for the queue's lock");
export const roomWait = plainWait('room', 'ring-full', 'Commands wait for room in the ring');
