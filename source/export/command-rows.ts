import {stageNames} from '../metrics/metrics.js';
import {type Observer} from '../tracepoints/observer.js';
import {guestThreadNames} from '../tracking/run-names.js';
import {refuseTooLong} from './too-long.js';
import {type TraceFormat, type TraceWriter, type WriterContext} from './trace-format.js';

/**
A row of CSV for each command that ends from `from` (ns) on: who, what, when it was due and
answered (s), its latency and its stages (us, docs/contract.md, section 5). Attach it behind the
recorder, which cuts the stages.
*/
export class CommandRows implements TraceWriter {
	readonly observers: readonly Observer[];
	private readonly rows: string[] = [];

	constructor({simulation, recorder, from}: WriterContext) {
		if (recorder === undefined) {
			throw new Error('rows of commands need a recorder');
		}

		const names = guestThreadNames(simulation);
		const {
			pool,
			profile: {queues, requests},
		} = simulation.state;
		const {commands} = recorder;
		this.observers = [
			{
				responded: (time, _thread, command) => {
					if (time < from) {
						return;
					}

					refuseTooLong(this.rows.length);
					this.rows.push(
						[
							quoted(names[pool.thread[command]].comm),
							queues[pool.queue[command]].name,
							requests[pool.type[command]].name,
							pool.fenced[command],
							(time - commands.lastLatency) / 1e9,
							time / 1e9,
							commands.lastLatency / 1000,
							...Array.from(commands.lastStages, stage => stage / 1000),
						].join(','),
					);
				},
			},
		];
	}

	text(): string {
		const header = [
			'client',
			'queue',
			'command',
			'fenced',
			'due_s',
			'response_s',
			'latency_us',
			...stageNames.map(name => `${name}_us`),
		];
		return `${[header.join(','), ...this.rows].join('\n')}\n`;
	}
}

function quoted(text: string): string {
	return /^[\w\-]+$/v.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

export const csv: TraceFormat = {
	kind: 'trace',
	id: 'csv',
	words: 'a row a command with its stages',
	extension: 'csv',
	needsRecorder: true,
	writer: context => new CommandRows(context),
};
