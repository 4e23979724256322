import {formatCount, formatShare} from '../charts/format-number.js';
import {meanOf} from '../engine/distribution.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {waits} from './client-burst.js';
import {type Facts} from './facts.js';
import {type Finding} from './finding.js';
import {duration} from './verdict-host.js';

/** A paced client does not show a frame at every vblank. */
export function missedFrames(facts: Facts): Finding | undefined {
	const {frames} = facts.metrics;
	for (const client of facts.configuration.clients) {
		const shown = frames?.[client.name];
		if (client.kind !== 'paced' || client.hz === undefined || shown === undefined || shown.missed === 0) {
			continue;
		}

		const {missed, time} = shown;
		const frame = duration(1e6 / client.hz);
		const stage = facts.largestStage;
		const p99 = time.p99 ?? 0;
		return {
			bottleneck: 'missed-frames',
			text:
				`${formatCount(missed)} of ${client.hz} frames/s missed: they take ${duration(time.mean ?? 0)}, p99 ` +
				`${duration(p99)} of ${frame}; ${stage.name} ${formatShare(stage.share)} %.`,
			short: `${formatCount(missed)} of ${client.hz} frames/s missed: p99 ${duration(p99)} of ${frame}`,
			evidence: [
				{
					metric: `frames.${client.name}.missed`,
					value: missed,
					text: `${client.name} misses ${formatCount(missed)} of ${client.hz} frames a second`,
				},
				{
					metric: `frames.${client.name}.time.p99`,
					value: p99,
					text: `one frame in a hundred takes ${duration(p99)} or more; it has ${frame}`,
				},
				{
					metric: `latency.stages.${stage.name}.share`,
					value: stage.share,
					text: `${formatShare(stage.share)} % of a command's life is ${stage.name}`,
				},
			],
			suggestion: null,
		};
	}

	return undefined;
}

/** Mean pause of a round of a client's loop, us. */
function thinkOf(client: ClientSpec): number {
	let nanoseconds = client.think ? meanOf(client.think) : 0;
	for (const step of client.loop) {
		nanoseconds += step.think ? meanOf(step.think) : 0;
	}

	return nanoseconds / 1000;
}

/** Nothing is used up: clients that wait for each response are bound by the way there and back. */
export function roundTrip(facts: Facts): Finding | undefined {
	const {latency} = facts.metrics;
	const clients = facts.controlClients;
	const mean = latency.mean ?? 0;
	const waiting =
		clients.length > 0 &&
		clients.every(client => client.kind === 'closed' && waits(client) && thinkOf(client) < mean);
	if (!waiting || mean === 0) {
		return undefined;
	}

	const stage = facts.largestStage;
	const {busiestVcpu: vcpu, mainLoop} = facts;
	const where = `most in ${stage.name} (${formatShare(stage.share)} %)`;
	return {
		bottleneck: 'round-trip',
		text:
			`Bound by the round trip of ${duration(mean)}, ${where}; vCPU ${vcpu.index} ${formatShare(vcpu.busy)} ` +
			`%, host loop ${formatShare(mainLoop)} %.`,
		short: `Round trip of ${duration(mean)}, ${where}`,
		evidence: [
			{metric: 'latency.mean', value: mean, text: `a client waits ${duration(mean)} for a response`},
			{
				metric: `latency.stages.${stage.name}.share`,
				value: stage.share,
				text: `${formatShare(stage.share)} % of that is ${stage.name}`,
			},
		],
		suggestion: null,
	};
}

/** What was asked for was done, with time left. */
export function demandMet(facts: Facts): Finding {
	const {latency} = facts.queues[0].metrics;
	const {busiestVcpu: vcpu, mainLoop} = facts;
	const busiest =
		mainLoop > vcpu.busy
			? {name: facts.server, metric: 'cpu.mainLoop', share: mainLoop}
			: {name: `vCPU ${vcpu.index}`, metric: `cpu.vcpus[${vcpu.index}].guest`, share: vcpu.busy};
	const asked = formatCount(facts.asked);
	const done = formatCount(facts.done);
	const p99 = latency.p99 === null ? '-' : duration(latency.p99);
	return {
		bottleneck: 'demand-met',
		text:
			`Demand is met: ${asked}/s asked, ${done}/s done; busiest is ${busiest.name} at ` +
			`${formatShare(busiest.share)} %; p99 ${p99}.`,
		short: `Demand met: ${done}/s; busiest ${busiest.name} ${formatShare(busiest.share)} %; p99 ${p99}`,
		evidence: [
			{
				metric: facts.path('throughput.completed'),
				value: facts.done,
				text: `${done} of ${asked} commands a second`,
			},
			{
				metric: busiest.metric,
				value: busiest.share,
				text: `${busiest.name} is the busiest, ${formatShare(busiest.share)} %`,
			},
		],
		suggestion: null,
	};
}
