import {clientKind, type Submitter} from '../guest/submitter.js';
import {roundOf} from '../parameters/client-queues.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {type CounterLayout, queueCounter} from './counters.js';

/**
What clients ask for, in commands (docs/contract.md, section 6): a closed client what it
begins, an open one its arrivals, those that it has not begun included. Paced ones ask at
their vblanks (`FrameTracker`).
*/
export class DemandTracker {
	private readonly counters: Float64Array;
	private readonly layout: CounterLayout;
	private readonly submitters: readonly Submitter[];
	/** By thread: commands in its round, for the control queue, the cursor queue and both. */
	private readonly rounds: ReadonlyArray<readonly [number, number, number]>;
	/** By thread: commands begun; rounds that were counted as asked for. */
	private readonly begun: Float64Array;
	private readonly asked: Float64Array;

	constructor(
		counters: Float64Array,
		layout: CounterLayout,
		clients: readonly ClientSpec[],
		submitters: readonly Submitter[],
	) {
		this.counters = counters;
		this.layout = layout;
		this.submitters = submitters;
		this.rounds = submitters.map(({client}) => {
			const [control, cursor] = [roundOf(clients[client], 'control'), roundOf(clients[client], 'cursor')];
			return [control, cursor, control + cursor];
		});
		this.begun = new Float64Array(submitters.length);
		this.asked = new Float64Array(submitters.length);
	}

	started(thread: number, queue: number): void {
		this.begun[thread]++;
		if (this.submitters[thread].kind === clientKind.closed) {
			this.counters[this.layout.queue(queue) + queueCounter.asked]++;
		}
	}

	/** Counts the arrivals so far. */
	settle(): void {
		for (let thread = 0; thread < this.submitters.length; thread++) {
			const {kind, backlogCount} = this.submitters[thread];
			if (kind !== clientKind.open) {
				continue;
			}

			const round = this.rounds[thread];
			const arrived = Math.ceil(this.begun[thread] / round[2]) + backlogCount;
			// An arrival that is taken and not yet begun has been counted in the backlog.
			if (arrived > this.asked[thread]) {
				const rounds = arrived - this.asked[thread];
				this.asked[thread] = arrived;
				this.counters[this.layout.queue(0) + queueCounter.asked] += rounds * round[0];
				this.counters[this.layout.queue(1) + queueCounter.asked] += rounds * round[1];
			}
		}
	}
}
