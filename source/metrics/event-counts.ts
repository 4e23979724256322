import {type Handler} from '../engine/probe.js';
import {type Observer} from '../tracepoints/observer.js';
import {type CounterLayout, countRules} from './counters.js';

/**
Counts the events that a row of the metric table names, by queue: a handler for
each tracepoint that one needs.
*/
export function eventCounts(
	counters: Float64Array,
	layout: CounterLayout,
	commands: {queueOf(command: number): number},
): Observer {
	const bases = [layout.queue(0), layout.queue(1)];
	const handlers = new Map<string, Handler>();
	for (const {
		place,
		rule: {at, of, values},
	} of countRules) {
		const before = handlers.get(at);
		handlers.set(at, (time, actor, subject, value) => {
			before?.(time, actor, subject, value);
			if (values === undefined || values.includes(value)) {
				counters[bases[of === 'command' ? commands.queueOf(subject) : subject] + place]++;
			}
		});
	}

	return Object.fromEntries(handlers);
}
