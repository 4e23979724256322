import {formatCount, formatGrouped, formatShare} from '../charts/format-number.js';
import {type Facts} from './facts.js';
import {type Finding, type StallWords} from './finding.js';
import {duration} from './verdict-host.js';

/**
An age of so many times the mean of the slowest responses is not that of one that only takes long.
*/
const hopeless = 4;

/** Nothing happens any more: nothing else is worth saying first. */
export function stalled(facts: Facts, stall: StallWords): Finding {
	const asked = formatCount(facts.asked);
	const done = formatCount(facts.done);
	return {
		bottleneck: 'stall',
		text: `${stall.text} (${stall.kind}).`,
		short: `Stalled: ${stall.kind}; ${done} of ${asked}/s done`,
		evidence: [
			{
				metric: facts.path('throughput.completed'),
				value: facts.done,
				text: `${done} of ${asked} commands a second are done`,
			},
			{
				metric: facts.path('latency.unfinished'),
				value: facts.unfinished,
				text: `${formatGrouped(facts.unfinished)} commands wait for ever`,
			},
		],
		suggestion: null,
	};
}

/** Commands that found no room and were given up. */
export function commandsLost(facts: Facts): Finding | undefined {
	const {metrics} = facts;
	const control = metrics.ring.busyErrors;
	const cursor = metrics.cursor?.ring.busyErrors ?? 0;
	const lost = control + cursor;
	if (lost === 0) {
		return undefined;
	}

	const queue =
		control >= cursor
			? {name: 'control', prefix: '', size: facts.value('queue.size')}
			: {name: 'cursor', prefix: 'cursor.', size: facts.value('queue.cursorSize')};
	const share = lost / Math.max(lost, facts.askedOfAll);
	const rate = formatCount(lost);
	return {
		bottleneck: 'commands-lost',
		text:
			`${rate} commands/s are refused (${formatShare(share)} %): the ${queue.name} ring of ${queue.size} is ` +
			`full; ${facts.server} ${formatShare(facts.mainLoop)} % busy.`,
		short: `${rate} commands/s lost (${formatShare(share)} %): ring of ${queue.size} full`,
		evidence: [
			{
				metric: `${queue.prefix}ring.busyErrors`,
				value: Math.max(control, cursor),
				text: `${rate} commands a second find no room and are dropped`,
			},
			{
				metric: facts.path('throughput.asked'),
				value: facts.asked,
				text: `${formatCount(facts.asked)} commands a second are asked for`,
			},
			{
				metric: 'cpu.mainLoop',
				value: facts.mainLoop,
				text: `the ${facts.server} is busy for ${formatShare(facts.mainLoop)} %`,
			},
		],
		suggestion: {
			set: {'driver.fullRing': 'wait'},
			why: 'a submitter without room sleeps until there is some, and nothing is dropped',
		},
	};
}

/** Commands that waited far longer than any that was answered. */
export function commandsUnanswered(facts: Facts): Finding | undefined {
	return facts.unfinished > 0 && facts.longest > hopeless * facts.slowest ? unanswered(facts) : undefined;
}

/** Any command that is old without a response. */
export function unanswered(facts: Facts): Finding | undefined {
	const {unfinished, longest} = facts;
	if (unfinished === 0) {
		return undefined;
	}

	const count = `${formatGrouped(unfinished)} command${unfinished === 1 ? '' : 's'}`;
	const p50 = facts.metrics.latency.p50 ?? facts.metrics.cursor?.latency.p50 ?? 0;
	return {
		bottleneck: 'commands-unanswered',
		text:
			`${count} unanswered, the oldest for ${duration(longest)}; ${formatCount(facts.done)} of ` +
			`${formatCount(facts.asked)}/s done, median ${duration(p50)}.`,
		short: `${count} unanswered, the oldest for ${duration(longest)}`,
		evidence: [
			{
				metric: facts.path('latency.unfinished'),
				value: unfinished,
				text: `${count} older than 10 median responses`,
			},
			{metric: facts.path('latency.max'), value: longest, text: `the oldest waits for ${duration(longest)}`},
		],
		suggestion: null,
	};
}

/** Less is done than is asked for, and nothing above says why. */
export function demandShort(facts: Facts): Finding | undefined {
	if (!facts.isShort) {
		return undefined;
	}

	const stage = facts.largestStage;
	const done = formatCount(facts.done);
	const asked = formatCount(facts.asked);
	const where = `most of a command's life is ${stage.name} (${formatShare(stage.share)} %)`;
	return {
		bottleneck: 'demand-short',
		text: `${done} of ${asked} commands/s are done; ${where}.`,
		short: `${done} of ${asked}/s done; ${stage.name} ${formatShare(stage.share)} %`,
		evidence: [
			{
				metric: facts.path('throughput.asked'),
				value: facts.asked,
				text: `${asked} commands a second are asked for`,
			},
			{metric: facts.path('throughput.completed'), value: facts.done, text: `${done} are done`},
			{metric: `latency.stages.${stage.name}.share`, value: stage.share, text: where},
		],
		suggestion: null,
	};
}
