import {guestPayloads} from './guest-payload.js';
import {doorbellPayload} from './doorbell-payload.js';
import {kvmPayloads} from './kvm-payload.js';
import {NameTable} from './name-table.js';
import {qemuPayload} from './qemu-payload.js';
import {RecentPayloads} from './recent-payloads.js';
import {type PayloadReader} from './payload-reader.js';
import {type Payload} from './trace-event.js';

/** Different event names that are counted by themselves; any more go under `(more names)`. */
const mostNames = 500;

/** Events whose text is whatever a program wrote into the trace. */
const marks = new Set(['tracing_mark_write', 'print', 'bprint', 'bputs']);

export type Counter = {count: number};

/**
An event's name: how often it came, how its payload is read (undefined where that depends on more
than the name), and whether its text may be a mark.
*/
export type EventName = {
	readonly counter: Counter;
	readonly recent: RecentPayloads | undefined;
	/** How it is read when it is a probe. */
	readonly probe: RecentPayloads;
	readonly other: Payload;
	readonly isFence: boolean;
	readonly isMark: boolean;
};

/** The names of a recording's events, each with what is known of it. */
export class EventNames {
	readonly kernel = new NameTable(
		name => this.named(name, guestPayloads.get(name) ?? kvmPayloads.get(name)),
		2 * mostNames,
	);

	readonly qemu = new NameTable(name => this.named(name, qemuPayload(name) ?? undefined), 2 * mostNames);
	private readonly counters = new Map<string, Counter>();
	private readonly more: Counter = {count: 0};

	/** Events by their names. */
	counts(): Map<string, number> {
		const counts = new Map([...this.counters].map(([name, {count}]) => [name, count]));
		if (this.more.count > 0) {
			counts.set('(more names)', this.more.count);
		}

		return counts;
	}

	private named(name: string, read: PayloadReader | undefined): EventName {
		const other: Payload = {name: 'other', event: name};
		return {
			counter: this.counter(name),
			recent: read === undefined ? undefined : new RecentPayloads(read),
			probe: new RecentPayloads((bytes, start, end) => doorbellPayload(name, bytes, start, end) ?? other),
			other,
			isFence: name.startsWith('dma_fence_'),
			isMark: marks.has(name),
		};
	}

	private counter(name: string): Counter {
		const known = this.counters.get(name);
		if (known !== undefined) {
			return known;
		}

		if (this.counters.size >= mostNames) {
			return this.more;
		}

		const counter = {count: 0};
		this.counters.set(name, counter);
		return counter;
	}
}
