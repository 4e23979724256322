import {ascii} from './characters.js';
import {type DoorbellProbe, doorbellProbe, isNotifyFunction} from './doorbell-probe.js';
import {type Named, NameTable} from './name-table.js';
import {type Payload} from './trace-event.js';
import {fields, key} from './guest-fields.js';

/**
What a probe says when it is one on a doorbell's function; `idx` is the
queue when the probe fetches it.
*/
export function doorbellPayload(event: string, bytes: Uint8Array, start: number, end: number): Payload | undefined {
	const close = bytes.indexOf(ascii.close, start);
	const probe = close === -1 || close >= end ? null : probeAt(event, places.entry(bytes, start, close + 1));
	if (probe === null) {
		return undefined;
	}

	if (probe.edge === 'out') {
		return {
			name: 'notify_out',
			caller: probe.caller,
			function: probe.function,
			probe: event,
		};
	}

	fields.open(bytes, start, end);
	const idx = fields.integer(key.idx);
	const queue = Number.isNaN(idx) ? fields.integer(key.index) : idx;
	const numFree = fields.integer(key.numFree);
	return {
		name: 'notify_in',
		queue: Number.isNaN(queue) ? null : queue,
		numFree: Number.isNaN(numFree) ? null : numFree,
		function: probe.function,
		probe: event,
	};
}

/** What probes are, by the place in their payload and their name: each is asked for once. */
type Probes = Map<string, DoorbellProbe | null>;
const places = new NameTable<Probes>(() => new Map(), 4096);
const mostNames = 100;

function probeAt(event: string, {text, beside}: Named<Probes>): DoorbellProbe | null {
	const known = beside.get(event);
	if (known !== undefined) {
		return known;
	}

	const probe = doorbellProbe(event, text);
	if (beside.size < mostNames) {
		beside.set(event, probe);
	}

	return probe;
}

/** A line of the function tracer, `vp_notify <-virtqueue_notify`. */
export function functionPayload(name: string, probe = name): Payload {
	return isNotifyFunction(name)
		? {
				name: 'notify_in',
				queue: null,
				numFree: null,
				function: name,
				probe,
			}
		: {name: 'other', event: 'function'};
}

/**
The same as trace-cmd report and perf script print it:
`function: vp_notify <-- virtqueue_notify`, perhaps with offsets.
*/
export function tracedFunction(text: string): Payload {
	const [, name = ''] = /^\s*([\w.]{1,120})(?:\+0x[\da-f]+)?(?: \[\w+\])?(?:\s*<-|\s*$)/v.exec(text) ?? [];
	return functionPayload(name, 'function');
}
