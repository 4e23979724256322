import {type Payload, type TraceEvent} from '../reader/trace-event.js';
import {type RecordedKick} from './recorded.js';

/**
Calls of doorbell functions on one machine, each from its entry to its return, by the probes on
them.
*/
export class DoorbellCalls {
	/** Names of the probes on doorbells, by the function that they are on. */
	readonly probes = new Map<string, Set<string>>();
	private readonly ringing = new Map<number, RecordedKick[]>();

	/**
	A thread enters a doorbell's function. `of`: what it submitted to last, after so many commands.
	*/
	rang(
		{pid, cpu, time, depth}: TraceEvent,
		payload: Extract<Payload, {name: 'notify_in'}>,
		of: {readonly queue: number; readonly after: number},
	): RecordedKick {
		this.probe(payload.function, payload.probe);
		const kick: RecordedKick = {
			queue: payload.queue ?? of.queue,
			thread: '',
			pid,
			cpu,
			function: payload.function,
			after: of.after,
			start: time,
			end: time,
			isReturned: false,
			underLock: depth === null ? null : depth > 0,
			forced: false,
		};
		const open = this.ringing.get(pid);
		if (open === undefined) {
			this.ringing.set(pid, [kick]);
		} else {
			// One that never returned was lost.
			if (open.length > 3 || open.at(-1)?.function === payload.function) {
				open.length = 0;
			}

			open.push(kick);
		}

		return kick;
	}

	/** And returns. */
	returned({pid, time}: TraceEvent, payload: Extract<Payload, {name: 'notify_out'}>): void {
		const open = this.ringing.get(pid);
		const same = open?.findLastIndex(kick => kick.function === payload.function) ?? -1;
		const index = same >= 0 ? same : (open?.length ?? 0) - 1;
		const kick = open?.[index];
		this.probe(kick?.function ?? payload.function, payload.probe);
		if (open !== undefined && kick !== undefined) {
			kick.end = time;
			kick.isReturned = true;
			kick.forced = payload.caller.startsWith('virtqueue_add');
			open.length = index;
		}
	}

	private probe(name: string, probe: string): void {
		const known = this.probes.get(name);
		if (known === undefined) {
			this.probes.set(name, new Set([probe]));
		} else {
			known.add(probe);
		}
	}
}
