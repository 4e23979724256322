import {settledCommands, type Stretch} from '../run/stretches.js';
import {type Verdict} from './finding.js';
import {duration} from './verdict-host.js';

/** Nothing is said of a stretch with too few commands. */
export function settlingVerdict({
	commands,
	from,
	to,
	metrics,
}: Pick<Stretch, 'commands' | 'from' | 'to' | 'metrics'>): Verdict {
	const time = duration((to - from) / 1000);
	return {
		bottleneck: 'settling',
		text:
			`${commands} commands in the ${time} since the change, fewer than ${settledCommands}: too few to be ` +
			'judged.',
		short: `${commands} commands in ${time}: too few to be judged`,
		also: [],
		severity: 'ok',
		asked: metrics.throughput.asked ?? 0,
		done: metrics.throughput.completed ?? 0,
		unfinished: metrics.latency.unfinished ?? 0,
		evidence: [
			{
				metric: 'latency.count',
				value: metrics.latency.count,
				text: `${metrics.latency.count} commands of the control queue were answered`,
			},
		],
		suggestion: null,
	};
}
