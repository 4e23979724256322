import {formatCount, formatGrouped, formatShare} from '../charts/format-number.js';
import {type Pause, type PauseName} from '../metrics/metrics.js';
import {type VerdictName} from '../metrics/verdict-names.js';
import {type Facts} from './facts.js';
import {type Finding} from './finding.js';
import {duration} from './verdict-host.js';

/** A pause in which nearly nothing ends is worth a word from this share of the time on. */
const noticeable = 0.02;

/** Nearly nothing: this share of the throughput otherwise. */
const quiet = 0.25;

/** From so many responses expected in its time on, a pause without any is no chance. */
const expected = 10;

/** A response that is so many medians long is one that a user sees. */
const manyMedians = 10;

const names: Readonly<Record<PauseName, VerdictName>> = {
	hostPause: 'host-pause',
	rendererBlock: 'renderer-block',
	vcpuPreempt: 'vcpu-preempt',
	lostKick: 'lost-kick',
	lostIrq: 'lost-irq',
};

/**
Something stood still or was lost, and that made most of the response, of
the tail's, or stopped the work.
*/
export function pauseRule(name: PauseName): (facts: Facts) => Finding | undefined {
	return facts => {
		const pause = facts.metrics.pauses[name];
		const {longest, at} = pause;
		if (longest === null || at === null || !matters(facts, name, pause, longest)) {
			return undefined;
		}

		const {mean, share, tailShare, prefix} = facts.largestWait(name);
		const part = Math.max(share, tailShare);
		const of = share >= tailShare ? 'of the mean response' : 'of the slowest responses';
		const {unfinished} = facts;
		const what = words(facts, name, duration(longest), `${at.toFixed(3)} s`);
		const often = pause.perSecond * facts.seconds > 1.5 ? ` (${formatCount(pause.perSecond)}/s)` : '';
		const size =
			part > 0.005 ? `${formatShare(part)} % ${of}` : `no work for ${formatShare(pause.share)} % of the time`;
		const open = unfinished > 0 ? `; ${formatGrouped(unfinished)} unanswered` : '';
		return {
			bottleneck: names[name],
			text: `${what}${often}: ${size}${open}.`,
			short: `${what}: ${formatShare(Math.max(part, pause.share))} %`,
			evidence: [
				{
					metric: `pauses.${name}.longest`,
					value: longest,
					text: `the longest takes ${duration(longest)}, from ${at.toFixed(6)} s on`,
				},
				{metric: `pauses.${name}.share`, value: pause.share, text: `${formatShare(pause.share)} % of the time`},
				{
					metric: `${prefix}latency.waits.${name}.mean`,
					value: mean,
					text:
						`${duration(mean)} of a command's life (mean), ${formatShare(tailShare)} % of the slowest ` +
						'in a hundred',
				},
			],
			suggestion: null,
		};
	};
}

function matters(facts: Facts, name: PauseName, pause: Pause, longest: number): boolean {
	const {latency} = facts.metrics;
	const {tail, count, dominates} = facts.largestWait(name);
	const stopped =
		pause.share >= noticeable &&
		pause.share * facts.responses >= expected &&
		(pause.completed ?? 0) < (quiet * facts.responses) / facts.seconds;
	const max = facts.longest;
	const seen =
		max >= manyMedians * (latency.p50 ?? 0) && longest >= max / 2 && tail * Math.max(1, count / 100) >= longest / 2;
	return dominates || stopped || seen || (facts.unfinished > 0 && longest >= max / 2);
}

function words(facts: Facts, name: PauseName, length: string, at: string): string {
	switch (name) {
		case 'hostPause': {
			return `The ${facts.server} stands still for ${length} at ${at}`;
		}

		case 'rendererBlock': {
			return `The renderer is blocked for ${length} at ${at}`;
		}

		case 'vcpuPreempt': {
			return `A vCPU has no host CPU for ${length} at ${at}`;
		}

		case 'lostKick': {
			return `Doorbell lost at ${at}, none for ${length}`;
		}

		case 'lostIrq': {
			return `Interrupt lost at ${at}, none for ${length}`;
		}
	}
}
