/**
A text that people take for a recording, or a layout that leaves out what is
needed: what it is, and the way out.
*/
export type Unreadable = {
	/** What the file is, as the end of a sentence that begins with its name. */
	readonly what: string;
	readonly wayOut: string;
	readonly example: string;
	/** A line of it. */
	readonly form: RegExp;
};

const events =
	'virtio_gpu:*, irq:irq_handler_entry and _exit, workqueue:*, sched:sched_switch, a probe on vp_notify ' +
	'(vqlab record --help)';

/** What is told apart among lines that are no events; the first that fits counts. */
export const unreadables: readonly Unreadable[] = [
	{
		what: 'its lines end with carriage returns alone',
		wayOut: String.raw`tr '\r' '\n' < FILE > trace.txt`,
		example: '# tracer: nop\r#\r            game-1000    [000] ...1.     0.200004: event: text\r',
		form: /\r[^\r\n].*\r/sv,
	},
	{
		what: 'its times are counts, not seconds (trace_clock x86-tsc, counter or uptime)',
		wayOut: 'record with -C mono (echo mono > trace_clock), or report with --ts2secs',
		example: '            game-1000    [000] ...1. 123956799012: virtio_gpu_cmd_queue: vdev=0',
		form: /-\d{1,10}\s+(?:\(\s*[\-\d]+\)\s+)?(?:\[\d{1,5}\]\s+(?:[^\s:]{1,9}\s+)?|\d{1,5}[.a-zA-Z][.a-zA-Z\d]{2,6}\s+)\d{1,20}:\s+[\w\-:]+:/v,
	},
	{
		what: 'its times are counts, not seconds (latency-format with verbose, and a trace_clock that is none)',
		wayOut: 'record with -C mono (echo mono > trace_clock)',
		example:
			'            game    1000   0 1 00000001 00000003 [00000000002dc6c0] 3000 (+3): ' +
			'virtio_gpu_cmd_queue: vdev=0',
		form: /\s\d{1,5}\s+\d{1,10}\s+[\da-f]{8}\s+[\da-f]{8,16}\s+\[[\da-f]{1,16}\]\s+\d+\s+\(\+-?\d+\):\s/v,
	},
	{
		what: 'it is the output of perf trace',
		wayOut: 'record with perf record and print with perf script',
		example: '   200.004 (         ): game/1000 virtio_gpu:virtio_gpu_cmd_queue(vdev: 0 vq: 0)',
		form: /^\s*\d+\.\d{3}\s+\((?:\s*|\s*\d+\.\d{3} ms)\):\s/v,
	},
	{
		what: 'it is the output of bpftrace, with no events in it',
		wayOut: `record the events themselves: ${events}`,
		example: '[4K, 8K)             622 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|',
		form: /^(?:Attaching \d+ probes?|\[-?[\d.]+[KMGTP]?(?:, -?[\d.]+[KMGTP]?\)|\])\s+\d+ \|[@ ]*\||@\w*(?:\[.*\])?:)/v,
	},
	{
		what: "it is the output of ftrace's tracer function_graph",
		wayOut: `record with the tracer nop: ${events}`,
		example: ' 0)   4.100 us    |    vp_notify();',
		form: /^\s*(?:\d+\.\d+ \|\s+)?(?:\d{1,5}\)|[\w.\-<>]+-\d+\s+\|)\s.*(?:\||=>)/v,
	},
	{
		what: 'it is a histogram of a trigger (hist:…)',
		wayOut: `record the events themselves: ${events}`,
		example: '{ common_pid: 1000 } hitcount: 12',
		form: /^\{ .* \} hitcount:/v,
	},
	{
		what: 'its lines have no time and no thread (the trace option context-info is off)',
		wayOut: 'record with: echo context-info > trace_options',
		example: 'virtio_gpu_cmd_queue: vdev=0 vq=0 name=control',
		form: /^(?:virtio_gpu_cmd_queue|virtio_gpu_cmd_response|irq_handler_entry|irq_handler_exit|workqueue_\w+|sched_switch): /v,
	},
	{
		what: 'its events are numbers (the trace option raw, hex or bin is on)',
		wayOut: 'record with: echo noraw nohex nobin > trace_options, one after the other',
		example: '1000 0 200004000 type: 1234',
		form: /^(?:\d{1,10} \d{1,5} \d{3,20} (?:type: \d+|.*)|(?:[\da-f]{8} ){2,}.*)$/v,
	},
	{
		what: 'its lines name no thread (perf script -F without tid)',
		wayOut: 'report with perf script -F comm,tid,cpu,time,event,trace',
		example: 'game [000]     0.200004000: virtio_gpu:virtio_gpu_cmd_queue: vdev=0',
		form: /^.*?(?:\[\d{1,5}\]\s+)?\d{1,12}\.\d{6,9}:\s+(?:\d+\s+)?\w+:\w+:/v,
	},
	{
		what: 'its lines have no time (perf script -F without time)',
		wayOut: 'report with perf script -F comm,tid,cpu,time,event,trace',
		example: '            game  1000 [000] virtio_gpu:virtio_gpu_cmd_queue: vdev=0',
		form: /^.+\s\d{1,10}\s+(?:\[\d{1,5}\]\s+)?(?:\d+\s+)?\w+:\w+: /v,
	},
	{
		what: 'it is a table of perf kvm stat, perf lock contention or /proc/interrupts',
		wayOut: 'give it with --side, beside a recording',
		example: '             VM-EXIT    Samples  Samples%     Time%    Min Time    Max Time         Avg time',
		form: /^\s*(?:VM-EXIT\s+Samples|Event name\s+Samples|contended\s+total wait|CPU0\s+(?:CPU\d+|$))/v,
	},
	{
		what: "it is JSON of a container's or the journal's log",
		wayOut: 'take the text: docker logs NAME, or journalctl -o cat',
		example: String.raw`{"log":"virtqueue_pop vq 0x7f4b\n","stream":"stderr"}`,
		form: /^\{"(?:log|__CURSOR|MESSAGE|_\w+|stream|time)":/v,
	},
	{
		what: 'it is JSON of a trace viewer',
		wayOut: 'give the recording it was made of; from Perfetto: traceconv systrace',
		example: '{"traceEvents":[{"ph":"X"}]}',
		form: /^\s*[\{\[].*"(?:traceEvents|ph)":/v,
	},
	{
		what: 'it is JSON of a structured log',
		wayOut: 'take the text: jq -r .msg FILE > trace.txt, or whatever the field of the text is called',
		example: '{"component":"virt-launcher","msg":"virtqueue_pop vq 0x7f4b"}',
		form: /^\{"[\w@.]+":.*\}$/v,
	},
	{
		what: 'it is a structured log, with the text in a field',
		wayOut: 'take the text of msg alone',
		example: 'level=info ts=2026-11-27T10:00:00.000123Z msg="virtqueue_pop vq 0x7f4b"',
		form: /^\w+=.*\s(?:msg|message)="/v,
	},
	{
		what: 'it is JSON: a preset or a report, not a recording',
		wayOut: 'vqlab run FILE runs a preset; vqlab record --help says how to record',
		example: '	"title": "a preset",',
		form: /^\s*"[^"]+":\s/v,
	},
	{
		what: 'it is the journal, a field a line (journalctl -o verbose or export)',
		wayOut: 'journalctl -o short-precise',
		example: '    _PID=4000',
		form: /^\s*_{0,2}[A-Z]{2,}[A-Z_]*=/v,
	},
	{
		what: 'its lines stand in quotes',
		wayOut: String.raw`sed 's/^"//; s/"$//' FILE > trace.txt`,
		example: '"4000@0.200005:virtqueue_pop vq 0x7f4b"',
		form: /^".*"$/v,
	},
	{
		what: 'its blanks are those of a web page (U+00A0)',
		wayOut: String.raw`sed 's/\xc2\xa0/ /g' FILE > trace.txt`,
		example: '\u{C2}\u{A0}\u{C2}\u{A0}game-1000\u{C2}\u{A0}\u{C2}\u{A0}[000]',
		form: /(?:\u{C2}\u{A0}|\u{A0}){2}/v,
	},
	{
		what: 'it is a document of a word processor (RTF)',
		wayOut: 'save it as plain text',
		example: String.raw`{\rtf1\ansi`,
		form: /^\{\\rtf\d/v,
	},
	{
		what: 'it is the output of strace',
		wayOut: `record in the kernel: ${events}`,
		example: '1000 10:00:00.000123 ioctl(3, DRM_IOCTL_VIRTGPU_EXECBUFFER, 0x7ffe) = 0',
		form: /^(?:\[pid\s+\d+\] |\d+\s+)?(?:\d\d:\d\d:\d\d\.\d+ |\d{9,11}\.\d+ )?[a-z]\w+\(.*\)\s+= -?(?:\d|0x|\?)/v,
	},
	{
		what: 'it is the output of perf report or perf stat',
		wayOut: 'print the events: perf script',
		example: '# Overhead  Command  Shared Object',
		form: /^(?:\s*Performance counter stats for|# Overhead\s|#\s+Overhead\s)/v,
	},
	{
		what: 'it is an LTTng trace in a layout that is not known',
		wayOut: 'print it with babeltrace (or babeltrace2 convert) and its default fields',
		example: '[00:00:00.200005000] qemu:virtqueue_pop vq=0x7f4b',
		form: /^\[[\d: .\-]+\] .*\bqemu:virt\w+/v,
	},
];

/** The row that a line belongs to, or null. */
export function unreadableOf(text: string): Unreadable | null {
	return unreadables.find(({form}) => form.test(text)) ?? null;
}
