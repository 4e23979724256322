import {epochSeconds} from './wall-time.js';

/** What a carrier puts before the lines that it carries. */
export type CarrierPrefix = {
	readonly by: string;
	readonly example: string;
	/**
	Groups: `machine`; `ident` with `pid` of who wrote the line; and a time: `date`,
	`clock`, `fraction`, `zone`, or `seconds` with `fraction`. A time without a
	fraction is too coarse to be used.
	*/
	readonly form: RegExp;
	/** Whose number `pid` is: a thread's, or only a process's, which tells no thread. */
	readonly isThread?: true;
};

/** Syslog's own part, which most forms of the journal share. */
const writer = String.raw`(?:(?<machine>[\w.\-]+) (?<ident>[^\s:\[\]]+)(?:\[(?<pid>\d{1,10})\])?: ?)`;
const clock = String.raw`(?<clock>\d\d:\d\d:\d\d)(?:[.,](?<fraction>\d{1,9}))?`;
/** RFC 3339 allows small letters, ISO 8601 hours alone. */
const zone = String.raw`(?<zone>[Zz]|[+\-]\d\d(?::?\d\d)?)`;
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';

function form(source: string): RegExp {
	return new RegExp(source, 'sv');
}

/**
What log daemons, containers, terminals and mail put before a line: syslog(3) and rsyslog.conf,
`journalctl -o short…`, dmesg, docker and kubectl logs, logcat, ts of moreutils, grep, quoting. The
first that fits is taken off, up to three of them.
*/
export const carrierPrefixes: readonly CarrierPrefix[] = [
	{by: 'quoted mail', example: '> ', form: /^(?:[>\|] ?)+/v},
	{by: 'cat -n, nl, grep -n', example: '    12\t', form: /^ *\d{1,9}(?:\t|:(?=[\s#]|\d+@))/v},
	{by: 'an added line of diff', example: '+', form: /^\+(?!\+)/v},
	{
		by: 'syslog, journalctl -o short and short-precise',
		example: 'Nov 27 10:00:00 guest trace[77]: ',
		form: form(String.raw`^${month} [ \d]\d ${clock} ${writer}`),
	},
	{
		by: 'journalctl -o short-full and with-unit',
		example: 'Fri 2026-11-27 10:00:00 UTC guest trace[77]: ',
		form: form(String.raw`^${weekday} (?<date>\d{4}-\d\d-\d\d) ${clock} [A-Z+\-\d]{1,6} ${writer}`),
	},
	{
		by: 'RFC 5424',
		example: '<14>1 2026-11-27T10:00:00.000123Z guest trace 77 - - ',
		form: form(
			String.raw`^<\d{1,3}>1 (?<date>\d{4}-\d\d-\d\d)[Tt]${clock}${zone} (?<machine>\S+) (?<ident>\S+) (?<pid>\S+) \S+ (?:-|\[[^\]]*\]) ?`,
		),
	},
	{
		by: 'rsyslog, journalctl -o short-iso and short-iso-precise',
		example: '2026-11-27T10:00:00.000123+00:00 guest trace[77]: ',
		form: form(String.raw`^(?<date>\d{4}-\d\d-\d\d)[Tt ]${clock}${zone}? ${writer}`),
	},
	{
		by: 'CRI (kubelet)',
		example: '2026-11-27T10:00:00.000123456Z stderr F ',
		form: form(String.raw`^(?<date>\d{4}-\d\d-\d\d)[Tt]${clock}${zone} std(?:out|err) [FP] `),
	},
	{
		by: 'docker logs -t, kubectl logs --timestamps',
		example: '2026-11-27T10:00:00.000123456Z ',
		form: form(String.raw`^\[?(?<date>\d{4}-\d\d-\d\d)[Tt ]${clock}${zone}?\]?:? `),
	},
	{
		by: 'journalctl -o short-unix',
		example: '1795773600.000123 guest trace[77]: ',
		form: form(String.raw`^(?<seconds>\d{9,11})\.(?<fraction>\d{6}) ${writer}`),
	},
	{
		by: 'journalctl -o short-monotonic and short-delta',
		example: '[  126.461684] guest trace[77]: ',
		form: form(String.raw`^\[\s*(?<seconds>\d{1,9})\.(?<fraction>\d{6})(?: <\s*[\d.]*\s*>)?\] ${writer}`),
	},
	{
		by: 'printk: dmesg, a serial console, pstore',
		example: '<6>[  126.461684][    T51] ',
		form: form(
			String.raw`^(?:<\d{1,3}>)?(?:kern\s*:\w+\s*: )?\[\s*(?<seconds>\d{1,9})\.(?<fraction>\d{6})(?: <\s*[+\d.]*\s*>)?\](?:\[\s*[TC]\d+\])? ?`,
		),
	},
	{
		by: 'dmesg -e and -d: the minute of a day, or the time since the line before',
		example: '[  +0.000010] ',
		form: form(String.raw`^\[(?:${month}[ \d]\d \d\d:\d\d|\s*\+\d+\.\d{6}|<\s*\d+\.\d{6}>)\] `),
	},
	{
		by: 'dmesg -T',
		example: '[Fri Nov 27 10:00:00 2026] ',
		form: form(String.raw`^\[${weekday} ${month} [ \d]\d \d\d:\d\d:\d\d \d{4}\] `),
	},
	{
		by: 'logcat threadtime',
		example: '11-27 10:00:00.000  1234  1235 I trace   : ',
		form: form(
			String.raw`^(?:\d{4}-)?\d\d-\d\d ${clock}(?: [+\-]\d{4})?\s+(?:\w+\s+)?\d+\s+(?<pid>\d+) [VDIWEFA] [^:]{0,60}: `,
		),
		isThread: true,
	},
	{
		by: 'logcat brief and time',
		example: 'I/trace ( 1234): ',
		form: form(String.raw`^(?:\d\d-\d\d ${clock} )?[VDIWEFA]\/[^\(]{1,60}\(\s*\d+\): `),
	},
	{
		by: 'glog and klog',
		example: 'I1127 10:00:00.000123    4000 qemu.go:12] ',
		form: form(String.raw`^[IWEF]\d{4} ${clock}\s+(?<pid>\d{1,10}) [^\s\]]{1,80}\] `),
		isThread: true,
	},
	{
		by: "the standard log of Go, nginx's error log",
		example: '2026/11/27 10:00:00.000123 ',
		form: form(String.raw`^(?<date>\d{4}\/\d\d\/\d\d) ${clock}(?: \[\w+\] \d+#\d+:)? `),
	},
	{by: 'logcli of Loki', example: '{app="trace"} ', form: /^\{\w+="[^\}]{0,400}\} /v},
	{by: 'kubectl logs --prefix', example: '[pod/guest-0/trace] ', form: /^\[(?<machine>pod\/[^\]\s]+)\] /v},
	{by: 'docker compose logs', example: 'guest-1  | ', form: /^(?<machine>[\w.\-]{1,60})\s+\| ?/v},
	{by: 'ts of moreutils', example: 'Nov 27 10:00:00 ', form: form(String.raw`^${month} [ \d]\d ${clock} `)},
	{by: 'ts -s', example: '00:00:01 ', form: form(String.raw`^${clock} (?=\s*\S)`)},
	{by: 'ts %.s', example: '1795773600.000123 ', form: form(String.raw`^(?<seconds>\d{9,11})\.(?<fraction>\d{6}) `)},
	{
		by: "a unit's name, of other daemons",
		example: 'qemu-system-x86_64[4000]: ',
		form: /^(?<ident>[A-Za-z][\w.\-]{1,60})\[(?<pid>\d{1,10})\]: /v,
	},
	{by: "syslog's priority alone (RFC 3164)", example: '<14>', form: /^<\d{1,3}>(?!1 \d{4}-)/v},
	{by: 'a list of Markdown', example: '- ', form: /^[*\-] (?=\s*\S)/v},
	{
		by: 'grep and trace-cmd report of several files',
		example: 'guest.dat: ',
		form: /^ *(?<machine>(?:\.{0,2}\/[^\s:]+|[^\s:]*\.[A-Za-z][^\s:]*)):(?:\d{1,9}:)? ?/v,
	},
];

/** Carriers inside each other that are taken off: a quoted log of a container, for example. */
export const mostCarriers = 3;

/** A prefix that was taken off a line: how long it is, and what it tells. */
export type Carried = {
	readonly row: number;
	readonly length: number;
	readonly machine: string;
	/** Number of a thread, or -1. */
	readonly thread: number;
	/** Its time, where it is finer than a second; seconds are whole. */
	readonly seconds: number;
	readonly nanoseconds: number;
};

/** The prefix of a line by one row of the table; null where it has none. */
export function carriedBy(row: number, text: string): Carried | null {
	const {form: pattern, isThread} = carrierPrefixes[row];
	const match = pattern.exec(text);
	if (match === null || match[0].length === 0) {
		return null;
	}

	const groups = match.groups ?? {};
	const machine = groups.machine ?? '';
	// QEMU names the file of a thread's log after the thread (-d tid -D qemu-%d.log).
	const [, inName] = /[\-_.](\d{2,10})(?:\.\w+)?$/v.exec(machine) ?? [];
	const isFile = groups.ident === undefined && inName !== undefined && machine.includes('.');
	const thread = isThread === true && groups.pid !== undefined ? Number(groups.pid) : isFile ? Number(inName) : -1;
	const seconds = groups.fraction === undefined ? Number.NaN : secondsOf(groups);
	return {
		row,
		length: match[0].length,
		machine: isFile ? '' : machine,
		thread,
		seconds,
		nanoseconds: Number.isNaN(seconds) ? 0 : Number(groups.fraction) * 10 ** (9 - groups.fraction.length),
	};
}

/** An inner prefix says more of its line than the one around it. */
export function merged(outer: Carried, inner: Carried): Carried {
	const isTimed = !Number.isNaN(inner.seconds);
	return {
		row: inner.row,
		length: inner.length,
		machine: inner.machine === '' ? outer.machine : inner.machine,
		thread: inner.thread === -1 ? outer.thread : inner.thread,
		seconds: isTimed ? inner.seconds : outer.seconds,
		nanoseconds: isTimed ? inner.nanoseconds : outer.nanoseconds,
	};
}

/** Syslog's date has no year: the days of one are all that a log of one run needs. */
function secondsOf({seconds, date, clock: time, zone}: Readonly<Record<string, string | undefined>>): number {
	if (seconds !== undefined) {
		return Number(seconds);
	}

	return time === undefined ? Number.NaN : epochSeconds(date ?? '1970-01-01', time, zone);
}
