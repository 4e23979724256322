import {epochSeconds} from './wall-time.js';

/** What stands before (or, in one format, around) the name of an event in a QEMU log. */
export type QemuPrefix = {
	readonly by: string;
	readonly example: string;
	/** Groups: `event`, with `text` behind it; `thread` where its number is a thread's; a time. */
	readonly form: RegExp;
	/** `delta` is the time since the event before it, in us. */
	readonly isDelta?: true;
};

/**
The forms of QEMU's trace backends and of the tools that print their files. The name of an
event is that of hw/…/trace-events.

- log: trace/backend/log.py. `tid@seconds.us:` up to 10.0 (from 6.2 on with -msg timestamp=on
  only; before, always); since 10.1 util/log.c writes g_date_time_format_iso8601, which leaves a
  fraction of 0 out, and no thread.
- simple: scripts/simpletrace.py prints the time since the last event; its pid is the process.
- dtrace: scripts/tracetool/format/log_stap.py prints pid()@gettimeofday_ns().
- ust: babeltrace prints the time of day, or seconds with --clock-seconds,
  or the date with --clock-date.
- ftrace: the events are marks in the kernel's trace, which `kernelShapes` reads.
- syslog and stderr: no time of their own; `carrierPrefixes` has the daemons'.
*/
export const qemuPrefixes: readonly QemuPrefix[] = [
	{
		by: 'log, up to QEMU 10.0, -msg timestamp=on',
		example: '4000@1795416391.880702:virtqueue_pop vq 0x7f4b',
		// A wrapper may put the program's name before it.
		form: /^(?:[A-Za-z\/][\w.\/\-]{1,200}: )?(?<thread>\d{1,10})@(?<seconds>\d{1,12})[.,](?<fraction>\d{1,9}): ?(?<event>\w{1,80})(?<text>$|[\s\(].*)$/dsv,
	},
	{
		by: 'log, since QEMU 10.1, -msg timestamp=on',
		example: '2026-03-01T00:00:00.200005Z virtqueue_pop vq 0x7f4b',
		form: /^(?<date>\d{4}-\d\d-\d\d)[Tt ](?<clock>\d\d:\d\d:\d\d)(?:[.,](?<fraction>\d{1,9}))?(?<zone>[Zz]|[+\-]\d\d(?::?\d\d)?)?:? (?<event>\w{1,80})(?<text>$|\s.*)$/dsv,
	},
	{
		by: 'dtrace with SystemTap, qemu-trace-stap',
		example: '4000@1795416391880702123 virtqueue_pop vq 0x7f4b',
		form: /^\d{1,10}@(?<nanoseconds>\d{15,20}) (?<event>\w{1,80})(?<text>$|\s.*)$/dsv,
	},
	{
		by: 'simple, simpletrace.py',
		example: 'virtqueue_pop 3.000 pid=4000 vq=0x7f4b',
		form: /^(?<event>\w{1,80}) (?<delta>-?\d{1,15}\.\d{3})(?: pid=\d{1,10})?(?<text>$|\s.*)$/dsv,
		isDelta: true,
	},
	{
		by: 'ust, babeltrace',
		example: '[00:00:00.200005000] (+0.000001000) host qemu:virtqueue_pop: { cpu_id = 1 }, { vq = 0x7f4b }',
		form: /^\[(?:(?:(?<date>\d{4}-\d\d-\d\d) )?(?<clock>\d\d:\d\d:\d\d)|(?<seconds>\d{1,12}))\.(?<fraction>\d{9})\] (?:\(\+[\d.?]+\) )?(?:[^\s:]+ )?(?:\w+:)(?<event>\w{1,80}): (?<text>\{.*)$/dsv,
	},
	{
		by: 'log with seconds from whoever carried it',
		example: '1795416391.880702: virtqueue_pop vq 0x7f4b',
		form: /^(?<seconds>\d{1,11})\.(?<fraction>\d{6}|\d{9}): (?<event>[a-z]\w{1,80})(?<text>$|\s.*)$/dsv,
	},
	{
		by: 'log with what -msg adds to all messages: the time, the program, the name of the guest, the thread',
		example: '2026-03-01T00:00:00.200005Z qemu-system-x86_64 [vm1] (4000:main): virtqueue_pop vq 0x7f4b',
		form: /^(?!virt(?:queue|io)_)(?:(?<date>\d{4}-\d\d-\d\d)[Tt ](?<clock>\d\d:\d\d:\d\d)(?:[.,](?<fraction>\d{1,9}))?(?<zone>[Zz]|[+\-]\d\d(?::?\d\d)?)?:? )?(?:[\w.\/\-]{1,200}:? )?(?:\[[^\]]{1,200}\]:? )?(?:\((?<thread>\d{1,10})(?::[^\)]{0,60})?\):? )?(?<event>virt(?:queue|io)_\w{1,80}|[a-z]\w{0,30}_\w{1,60})(?<text>$|\s.*)$/dsv,
	},
	{
		by: 'log without -msg timestamp=on, stderr, syslog',
		example: 'virtqueue_pop vq 0x7f4b',
		form: /^(?<event>[a-z]\w{1,80})(?<text>$|\s.*)$/dsv,
	},
];

/** A line of a QEMU log, its places counted from the start of the text. */
export type QemuLine = {
	readonly row: number;
	/** -1 where the form does not tell it. */
	readonly thread: number;
	/** NaN where it has no time. */
	readonly seconds: number;
	readonly nanoseconds: number;
	/** Time since the last event, ns; NaN where the form has other times. */
	readonly delta: number;
	readonly event: string;
	readonly eventStart: number;
	/** Where its payload starts. */
	readonly textStart: number;
};

/** A line by the table; `first` is tried before the other rows. Null when none fits. */
export function qemuLineOf(text: string, first: number): QemuLine | null {
	const early = first >= 0 ? lineBy(first, text) : null;
	if (early !== null) {
		return early;
	}

	for (const row of qemuPrefixes.keys()) {
		const line = row === first ? null : lineBy(row, text);
		if (line !== null) {
			return line;
		}
	}

	return null;
}

function lineBy(row: number, text: string): QemuLine | null {
	const {groups, indices} = qemuPrefixes[row].form.exec(text) ?? {};
	if (groups === undefined) {
		return null;
	}

	const {thread, event, text: payload, delta} = groups;
	const inContext = /\bvtid = (\d{1,10})/v.exec(payload)?.[1];
	return {
		row,
		thread: Number(thread ?? inContext ?? -1),
		...timeOf(groups),
		delta: delta === undefined ? Number.NaN : Number(delta) * 1000,
		event,
		eventStart: indices?.groups?.event[0] ?? 0,
		textStart: text.length - payload.length,
	};
}

function timeOf({seconds, fraction, nanoseconds, date, clock, zone}: Readonly<Record<string, string | undefined>>): {
	readonly seconds: number;
	readonly nanoseconds: number;
} {
	if (nanoseconds !== undefined) {
		return {seconds: Number(nanoseconds.slice(0, -9)), nanoseconds: Number(nanoseconds.slice(-9))};
	}

	const part = Number((fraction ?? '').padEnd(9, '0'));
	if (seconds !== undefined) {
		return {seconds: Number(seconds), nanoseconds: part};
	}

	return clock === undefined
		? {seconds: Number.NaN, nanoseconds: 0}
		: {seconds: epochSeconds(date ?? '1970-01-01', clock, zone), nanoseconds: part};
}
