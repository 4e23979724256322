import {type Observer} from '../engine/probe.js';
import {stageNames} from '../metrics/metrics.js';
import {type Recorder} from '../metrics/recorder.js';
import {commandNames} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {guestThreadNames, type GuestThreadName, queueNames} from './run-names.js';
import {refuseTooLong} from './too-long.js';

/**
A row of CSV for each command that ends from `from` (ns) on: who, what, when it was due and
answered (s), its latency and its stages (us, docs/contract.md, section 5). Attach it behind the recorder,
which cuts the stages.
*/
export class CommandRows implements Observer {
	private readonly rows: string[] = [];
	private readonly simulation: Simulation;
	private readonly recorder: Recorder;
	private readonly from: number;
	private readonly names: readonly GuestThreadName[];

	constructor(simulation: Simulation, recorder: Recorder, from: number) {
		this.simulation = simulation;
		this.recorder = recorder;
		this.from = from;
		this.names = guestThreadNames(simulation);
	}

	text(): string {
		const header = ['client', 'queue', 'command', 'fenced', 'due_s', 'response_s', 'latency_us', ...stageNames.map(name => `${name}_us`)];
		return `${[header.join(','), ...this.rows].join('\n')}\n`;
	}

	observe(point: number, time: number, _actor: number, subject: number): void {
		if (point !== tracepoint.responded || time < this.from) {
			return;
		}

		refuseTooLong(this.rows.length);
		const {pool} = this.simulation.state;
		const {lastLatency, lastStages} = this.recorder.commands;
		this.rows.push([
			quoted(this.names[pool.thread[subject]].comm),
			queueNames[pool.queue[subject]],
			commandNames[pool.type[subject]],
			pool.fenced[subject],
			(time - lastLatency) / 1e9,
			time / 1e9,
			lastLatency / 1000,
			...Array.from(lastStages, stage => stage / 1000),
		].join(','));
	}
}

function quoted(text: string): string {
	return /^[\w\-]+$/v.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
