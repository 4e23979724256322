import fc from 'fast-check';
import {expect, test} from 'vitest';
import {carriedBy, carrierPrefixes} from '../../../source/trace/reader/carrier-prefix.js';
import {scanKernelLine} from '../../../source/trace/reader/kernel-scan.js';
import {kernelShapes, readKernelShape} from '../../../source/trace/reader/kernel-shape.js';
import {LineParts} from '../../../source/trace/reader/line-parts.js';
import {qemuLineOf, qemuPrefixes} from '../../../source/trace/reader/qemu-prefix.js';
import {scanQemuLine} from '../../../source/trace/reader/qemu-scan.js';
import {type TraceEvent} from '../../../source/trace/reader/trace-event.js';
import {TraceReader} from '../../../source/trace/reader/trace-reader.js';
import {unreadableOf, unreadables} from '../../../source/trace/reader/unreadable.js';
import {fixtureText} from '../trace-lines.js';

type Row = {
	readonly comm: string;
	readonly pid: string;
	readonly cpu: string;
	readonly flags: string;
	readonly seconds: string;
	readonly micros: string;
	readonly event: string;
	readonly text: string;
};

const form =
	/^\s*(?<comm>.+?)-(?<pid>\d+)\s+\[(?<cpu>\d+)\] (?<flags>\S+)\s+(?<seconds>\d+)\.(?<micros>\d+): (?<event>\w+): (?<text>.*)$/v;

/** Parts of the events of a real recording, to lay them out as other tools do. */
const rows: readonly Row[] = fixtureText('base_paced_p0.guest')
	.split('\n')
	.flatMap(line => {
		const groups = form.exec(line)?.groups;
		return groups === undefined ? [] : [groups as Row];
	});

function eventsOf(lines: readonly string[]): readonly TraceEvent[] {
	const reader = new TraceReader();
	const events = lines.flatMap(line => {
		const event = reader.readText(line);
		return event === null ? [] : [event];
	});
	expect([reader.others.unknown, reader.others.unknownSamples]).toEqual([0, []]);
	return events;
}

const plain = eventsOf(
	rows.map(
		({comm, pid, cpu, flags, seconds, micros, event, text}) =>
			`${comm.padStart(16)}-${pid.padEnd(7)} [${cpu}] ${flags} ${seconds.padStart(5)}.${micros}: ` +
			`${event}: ${text}`,
	),
);
const first = Number(rows[0].seconds);
const microsOf = ({seconds, micros}: Row): number => (Number(seconds) - first) * 1e6 + Number(micros);

/** Fields that a layout leaves out, and the names that it cuts. */
type Left = {readonly cpu?: true; readonly depth?: true; readonly cut?: true};

function expected({cpu, depth, cut}: Left): ReadonlyArray<Partial<TraceEvent>> {
	return plain.map(event => ({
		...event,
		...(cpu === true ? {cpu: -1} : {}),
		...(depth === true ? {depth: null} : {}),
		...(cut === true ? {comm: event.comm.slice(0, 8)} : {}),
	}));
}

const layouts: ReadonlyArray<readonly [string, Left, (row: Row) => string]> = [
	[
		'ftrace without irq-info',
		{depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.padStart(16)}-${pid.padEnd(7)} [${cpu}] ${seconds.padStart(5)}.${micros}: ${event}: ${text}`,
	],
	[
		'record-tgid before the CPU',
		{},
		({comm, pid, cpu, flags, seconds, micros, event, text}) =>
			`${comm.padStart(16)}-${pid.padEnd(7)} (${pid.padStart(7)}) [${cpu}] ${flags} ${seconds}.${micros}: ` +
			`${event}: ${text}`,
	],
	[
		'record-tgid behind the CPU, as in Linux 4.x',
		{},
		({comm, pid, cpu, flags, seconds, micros, event, text}) =>
			`${comm.padStart(16)}-${pid.padEnd(7)} [${cpu}] (-------) ${flags} ${seconds}.${micros}: ${event}: ${text}`,
	],
	[
		'a decimal comma',
		{},
		({comm, pid, cpu, flags, seconds, micros, event, text}) =>
			`${comm.padStart(16)}-${pid} [${cpu}] ${flags} ${seconds},${micros}: ${event}: ${text}`,
	],
	[
		'latency-format',
		{cut: true},
		row =>
			`${row.comm.slice(0, 8).padStart(8)}-${row.pid.padEnd(7)} ` +
			`${String(Number(row.cpu)).padStart(3)}${row.flags} ${microsOf(row)}us+: ${row.event}: ${row.text}`,
	],
	[
		"latency-format in printk's log",
		{cut: true},
		row =>
			`[  126.461684] ${row.comm.slice(0, 8).padStart(8)}-${row.pid.padEnd(7)} ` +
			`${String(Number(row.cpu)).padStart(3)}${row.flags} ${microsOf(row)}us : ${row.event}: ${row.text}`,
	],
	[
		'trace-cmd report',
		{depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.padStart(16)}-${pid.padEnd(5)} [${cpu}] ${seconds.padStart(6)}.${micros}000: ` +
			`${`${event}:`.padEnd(21)} ${text}`,
	],
	[
		'trace-cmd report --ts-diff',
		{depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.padStart(16)}-${pid.padEnd(5)} [${cpu}] ${seconds.padStart(6)}.${micros}: (+12)    ` +
			`${`${event}:`.padEnd(21)} ${text}`,
	],
	[
		'trace-cmd report -l',
		{cut: true},
		({comm, pid, cpu, flags, seconds, micros, event, text}) =>
			`${comm.slice(0, 8).padStart(8)}-${pid.padEnd(5)} ${String(Number(cpu)).padStart(3)}${flags} ` +
			`${seconds.padStart(5)}.${micros}: ${event}: ${text}`,
	],
	[
		'trace-cmd report -l -R',
		{cut: true, depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.slice(0, 8).padStart(8)}-${pid.padEnd(5)} ${String(Number(cpu)).padStart(3)}-0x1 ` +
			`${seconds.padStart(5)}.${micros}: ${event}: ${text}`,
	],
	[
		'perf script',
		{depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.padStart(16)} ${pid.padStart(7)} [${cpu}] ${seconds.padStart(5)}.${micros}: sys:${event}: ${text}`,
	],
	[
		'perf script -F pid,tid',
		{depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.padStart(16)} ${pid.padStart(7)}/${pid.padEnd(7)} [${cpu}] ` +
			`${seconds.padStart(5)}.${micros}: sys:${event}: ${text}`,
	],
	[
		'perf script with call chains',
		{depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm} ${pid.padStart(7)} [${cpu}] ${seconds.padStart(5)}.${micros}: sys:${event}: ${text}`,
	],
	[
		'perf script -F +period,+tod',
		{depth: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.padStart(16)} ${pid.padStart(7)} [${cpu}] 2026-11-27 10:00:00.200004 ` +
			`${seconds.padStart(5)}.${micros}:          1 sys:${event}: ${text}`,
	],
	[
		'perf script --latency',
		{depth: true, cut: true},
		({comm, pid, cpu, seconds, micros, event, text}) =>
			`${comm.slice(0, 8).padStart(8)} ${pid.padStart(7)} ${String(Number(cpu)).padStart(3)} ` +
			`${seconds.padStart(5)}.${micros}: sys:${event}: ${text}`,
	],
	[
		'perf script without a CPU',
		{depth: true, cpu: true},
		({comm, pid, seconds, micros, event, text}) =>
			`${comm.padStart(16)} ${pid.padStart(7)} ${seconds.padStart(5)}.${micros}: sys:${event}: ${text}`,
	],
];

test.each(layouts)('%s: the same events', (_, left, layout) => {
	const events = eventsOf(rows.map(row => layout(row)));
	const wanted = expected(left);
	expect(events).toHaveLength(wanted.length);
	expect(events).toEqual(wanted.map((event, index) => ({...event, time: events[index].time})));
	// The first event of a layout may begin at another second.
	const shift = events[0].time - plain[0].time;
	expect(events.every(({time}, index) => Math.abs(time - plain[index].time - shift) < 1)).toBe(true);
});

test.each(carrierPrefixes.map(({by, example}, row) => [by, example, row] as const))(
	'carried by %s',
	(_, example, row) => {
		const line = rows[0];
		const text =
			`${line.comm.padStart(16)}-${line.pid.padEnd(7)} [${line.cpu}] ${line.flags} ` +
			`${line.seconds.padStart(5)}.${line.micros}: ${line.event}: ${line.text}`;
		expect(carriedBy(row, `${example}${text}`)?.length).toBe(example.length);
		const [event] = eventsOf([`${example}${text}`]);
		expect(event).toMatchObject({comm: line.comm, pid: Number(line.pid), payload: plain[0].payload});
		const header = new TraceReader();
		header.readText(`${example}# entries-in-buffer/entries-written: 1/1   #P:6`);
		expect([header.others.unknown, header.headers.cpusOf('')]).toEqual([0, 6]);
	},
);

test("each row of the kernel's shapes reads its example", () => {
	for (const [index, {example, by}] of kernelShapes.entries()) {
		const bytes = new TextEncoder().encode(example);
		const parts = new LineParts();
		expect([by, readKernelShape(example, bytes, 0, parts, -1)]).toEqual([by, index]);
		expect(new TextDecoder().decode(bytes.subarray(parts.commStart, parts.commEnd))).toBe('game');
	}
});

test("each row of QEMU's prefixes reads its example", () => {
	for (const [index, {example, by}] of qemuPrefixes.entries()) {
		const line = qemuLineOf(example, -1);
		expect([by, line?.row, line?.event]).toEqual([by, index, 'virtqueue_pop']);
		const payload = `${example.replace('{ vq = 0x7f4b }', '{ vq = 0x7f4b, elem = 0x1, in_num = 1, out_num = 2 }')}${example.includes('vq=') ? ' elem=0x1 in_num=0x1 out_num=0x2' : ' elem 0x1 in_num 1 out_num 2'}`;
		expect(eventsOf([payload])[0].payload).toEqual({
			name: 'virtqueue_pop',
			vq: '0x7f4b',
			segmentsIn: 1,
			segmentsOut: 2,
		});
	}
});

test('each text that is no recording is known by its example, and has a way out', () => {
	for (const row of unreadables) {
		expect([row.what, unreadableOf(row.example)?.what]).toEqual([row.what, row.what]);
		expect(row.wayOut).not.toBe('');
		expect(new TraceReader().readText(row.example)).toBeNull();
	}
});

test('the pass over the bytes and the table of shapes agree, whatever a line is changed to', () => {
	const lines = [
		...rows.slice(0, 200).map(row => layouts[0][2](row)),
		...layouts.map(layout => layout[2](rows[3])),
		...kernelShapes.map(({example}) => example),
	];
	fc.assert(
		fc.property(
			fc.constantFrom(...lines),
			fc.nat(90),
			fc.constantFrom('', ' ', ':', '-', '7', '[', ']', '(', '.', 'x'),
			fc.nat(1),
			(line, at, put, cut) => {
				const text = line.slice(0, at) + put + line.slice(at + cut);
				const bytes = new TextEncoder().encode(text);
				const scanned = new LineParts();
				if (scanKernelLine(bytes, text.length - text.trimStart().length, bytes.length, scanned)) {
					const shaped = new LineParts();
					expect([text, readKernelShape(text, bytes, 0, shaped, -1) >= 0]).toEqual([text, true]);
					expect([text, scanned]).toEqual([text, shaped]);
				}
			},
		),
		{numRuns: 3000},
	);
});

test("the pass over the bytes and the table of QEMU's prefixes agree", () => {
	const lines = fixtureText('base_paced_p0.host')
		.split('\n')
		.slice(0, 200)
		.flatMap(line => [
			line,
			line.replace(
				/^\d+@(\d+)\.(\d+):/v,
				(_, seconds: string, micros: string) =>
					`${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${micros}Z `,
			),
		]);
	fc.assert(
		fc.property(
			fc.constantFrom(...lines),
			fc.nat(40),
			fc.constantFrom('', ' ', ':', '7', '@', '.', 'Z'),
			fc.nat(1),
			(line, at, put, cut) => {
				const text = line.slice(0, at) + put + line.slice(at + cut);
				const bytes = new TextEncoder().encode(text);
				const parts = new LineParts();
				if (scanQemuLine(bytes, 0, bytes.length, parts)) {
					const shaped = qemuLineOf(text, -1);
					expect([
						text,
						shaped?.seconds,
						shaped?.nanoseconds,
						shaped?.thread,
						shaped?.eventStart,
						shaped?.event,
					]).toEqual([
						text,
						parts.seconds,
						parts.nanoseconds,
						parts.pid,
						parts.eventStart,
						text.slice(parts.eventStart, parts.eventEnd),
					]);
				}
			},
		),
		{numRuns: 2000},
	);
});

test('lines of two machines keep their names, and each its own number of CPUs', () => {
	const reader = new TraceReader();
	const at = (line: string): string | undefined => reader.readText(line)?.machine;
	const event = '            game-1 [000] 1.000001: irq_handler_exit: irq=1 ret=handled';
	expect(at(event)).toBe('');
	expect(at(`guest.dat: ${event}`)).toBe('guest.dat');
	expect(at(`  host.dat:     ${event}`)).toBe('host.dat');
	expect(at(`Nov 27 10:00:00 box trace[77]: ${event}`)).toBe('box');
	reader.readText('# entries-in-buffer/entries-written: 1/1   #P:2');
	reader.readText('# entries-in-buffer/entries-written: 1/1   #P:8');
	expect(at(event)).toBe('part 2');
	expect([reader.headers.cpusOf(''), reader.headers.cpusOf('part 2'), reader.headers.cpusOf('guest.dat')]).toEqual([
		2, 8, 0,
	]);
});

test.each([
	'a-1 [2] 3',
	'x 1.500000: y',
	'[000] game',
	'-',
	'0',
	'kworker/0:1',
	'> quoted',
	'Nov 27 10:00:00',
	'a=b prev_pid=9',
	'game (5)',
	'1234',
	'Thread 7',
	'ü€ 日本',
	'"x" ==> y',
	'a.b: c',
	'guest.dat: x',
])('a thread called %s', comm => {
	const prefix = `${comm.padStart(16)}-1000    [000] d..2.     1.000001:`;
	const events = eventsOf([
		`${prefix} virtio_gpu_cmd_queue: vdev=0 vq=0 name=control type=0x102 flags=0x1 fence_id=7 ctx_id=3 ` +
			'num_free=63 seqno=1508',
		`${prefix} sched_switch: prev_comm=${comm} prev_pid=1000 prev_prio=120 prev_state=S ==> ` +
			`next_comm=${comm} next_pid=0 next_prio=120`,
	]);
	expect(events[0]).toMatchObject({
		comm,
		pid: 1000,
		depth: 2,
		cpu: 0,
	});
	expect(events[1].payload).toMatchObject({
		previousComm: comm,
		previousPid: 1000,
		previousState: 'S',
		nextPid: 0,
	});
});

test('raw fields, as the option fields and trace-cmd -R print them', () => {
	const payload = (text: string): unknown => eventsOf([`game-1 [000] ...1. 1.000001: ${text}`])[0].payload;
	expect(
		payload(
			'virtio_gpu_cmd_queue: dev=0x3 (3) vq=0x1 (1) name=control type=0x102 (258) flags=0x1 (1) ' +
				'fence_id=0x7 (7) ctx_id=0x0 (0) num_free=0x3e (62) seqno=0x9 (9)',
		),
	).toMatchObject({
		device: 3,
		queue: 1,
		type: 258,
		fence: 7,
		numFree: 62,
		seqno: 9,
	});
	expect(
		payload(
			'sched_switch: prev_comm=game prev_pid=0x3e8 (1000) prev_prio=0x78 (120) prev_state=0x0 (0) ' +
				'next_comm=x next_pid=0x0 (0) next_prio=0x78 (120)',
		),
	).toMatchObject({previousPid: 1000, previousState: 'R', nextPid: 0});
	expect(
		payload(
			'workqueue_queue_work: work=0xffff8880 (-1) function=virtio_gpu_dequeue_ctrl_func+0x0/0x10 ' +
				'workqueue=events',
		),
	).toMatchObject({address: '0xffff8880', work: 'virtio_gpu_dequeue_ctrl_func+0x0/0x10'});
	expect(payload('irq_handler_exit: irq=0x1b (27) ret=0x1 (1)')).toMatchObject({irq: 27, handled: true});
});
