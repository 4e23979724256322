import {type Observer} from '../engine/probe.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {type CounterLayout, countRules} from './counters.js';

/** A rule of the table, made ready: its counter's place in the block of a queue. */
type Rule = {readonly place: number; readonly ofCommand: boolean; readonly values: readonly number[] | undefined};

const rulesOf: ReadonlyArray<readonly Rule[] | undefined> = Array.from({length: Math.max(...Object.values(tracepoint)) + 1}, (_, point) => {
	const rules = countRules.filter(({rule}) => tracepoint[rule.at] === point);
	return rules.length === 0 ? undefined : rules.map(({place, rule}): Rule => ({place, ofCommand: rule.of === 'command', values: rule.values}));
});

/** Counts the events that a row of the metric table names: one a queue each. */
export class EventCounts implements Observer {
	private readonly counters: Float64Array;
	private readonly bases: readonly number[];
	private readonly commands: {queueOf(command: number): number};

	constructor(counters: Float64Array, layout: CounterLayout, commands: {queueOf(command: number): number}) {
		this.counters = counters;
		this.bases = [layout.queue(0), layout.queue(1)];
		this.commands = commands;
	}

	observe(point: number, _time: number, _actor: number, subject: number, value: number): void {
		const rules = rulesOf[point];
		if (rules === undefined) {
			return;
		}

		for (let i = 0; i < rules.length; i++) {
			const {place, ofCommand, values} = rules[i];
			if (values === undefined || values.includes(value)) {
				this.counters[this.bases[ofCommand ? this.commands.queueOf(subject) : subject] + place]++;
			}
		}
	}
}
