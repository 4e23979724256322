import {Buffer} from 'node:buffer';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {readTrace, type TraceSummary} from '../../../source/trace/reader/read-trace.js';
import {type TraceEvent} from '../../../source/trace/reader/trace-event.js';
import {TraceReader} from '../../../source/trace/reader/trace-reader.js';
import {eventOf, sourceOf} from '../trace-lines.js';

const line =
	'            game-1000    [000] ...1.     0.200004: virtio_gpu_cmd_queue: vdev=0 vq=0 name=control ' +
	'type=0x101 flags=0x0 fence_id=0 ctx_id=0 num_free=62 seqno=6387';

async function read(content: string | Uint8Array): Promise<{events: TraceEvent[]; summary: TraceSummary}> {
	const events: TraceEvent[] = [];
	const summary = await readTrace(sourceOf(content), {
		onEvent(event) {
			events.push(event);
		},
	});
	return {events, summary};
}

test("a thread's name may begin with #", () => {
	expect(eventOf(line.replace(' game', '#game'))).toEqual({...eventOf(line), comm: '#game'});
	expect(eventOf(`# ${line}`)).toBe(null);
});

test('lines that were converted twice, and tabs for spaces', () => {
	expect(eventOf(`${line}\r\r`)).toEqual(eventOf(line));
	expect(eventOf(line.replaceAll(/ {2,}/gv, '\t'))).toEqual(eventOf(line));
	expect(eventOf(`${line}\r`)).toEqual(eventOf(line));
});

test('colours, wherever grep put them', async () => {
	const [name, field] = ['virtio_gpu', 'control'].map(word =>
		line.replace(word, `\u{1B}[01;31m\u{1B}[K${word}\u{1B}[m\u{1B}[K`),
	);
	const {events, summary} = await read(`${name}\n${field}\n${line}\n`);
	expect(events).toEqual([eventOf(line), eventOf(line), eventOf(line)]);
	expect(summary.unknown).toBe(0);
});

test('a place of a probe names its module where the function is in one', () => {
	const rings = '            game-1000    [000] ...1.     0.200004: ';
	const entry = eventOf(`${rings}x1: (vp_notify+0x4/0x20 [virtio_pci]) idx=0 num_free=62`);
	expect(entry?.payload).toEqual({name: 'notify_in', queue: 0, numFree: 62, function: 'vp_notify', probe: 'x1'});
	const returned = eventOf(`${rings}x2: (virtqueue_notify+0x1c/0x40 [virtio_ring] <- vp_notify [virtio_pci])`);
	expect(returned?.payload).toEqual({
		name: 'notify_out',
		caller: 'virtqueue_notify',
		function: 'vp_notify',
		probe: 'x2',
	});
});

test.each([
	'function:             vp_notify <-- virtqueue_notify',
	'function:             vp_notify <-virtqueue_notify',
	'ftrace:function: vp_notify+0x0 [virtio_pci] <-- virtqueue_notify+0x1c',
])('the function tracer by another tool: %s', text => {
	expect(eventOf(`            game-1000    [000]     0.200004: ${text}`)?.payload).toMatchObject({
		name: 'notify_in',
		function: 'vp_notify',
		probe: 'function',
	});
	const other = text.replace('vp_notify', 'schedule');
	expect(eventOf(`            game-1000    [000]     0.200004: ${other}`)?.payload.name).toBe('other');
});

test('lines of source in a call chain are part of it', () => {
	const reader = new TraceReader();
	for (const text of ['  virtio_pci_modern.c:123', '  ??:0', '    drivers/virtio/virtio_ring.c:99 (inlined)']) {
		reader.readText(text);
	}

	expect([reader.others.unknown, reader.counts.get('(stack)')]).toEqual([0, 3]);
});

test.each([
	['carriage returns alone', `# tracer: nop\r#\r${line}\r${line}\r`, /tr '\\r' '\\n'/v],
	['packed twice', gzipSync(gzipSync(line)), /packed twice: unpack it once/v],
	['UTF-16 without its mark', Buffer.from(`# tracer: nop\n${line}\n`, 'utf16le'), /UTF-16: save it as UTF-8/v],
	['UTF-32', Buffer.from([...`# tracer: nop`].flatMap(letter => [letter.codePointAt(0) ?? 0, 0, 0, 0])), /UTF-32/v],
	['a tar archive', Buffer.from(`${'guest.txt'.padEnd(257, '\0')}ustar\0${line}\n`), /tar archive: unpack it/v],
	['a database', Buffer.from(`SQLite format 3\0${'\0\u{1}'.repeat(99)}`), /not text; trace-cmd report, perf script/v],
	['UTF-16, the high bytes first', Buffer.from(`# tracer: nop\n`, 'utf16le').swap16(), /UTF-16/v],
])('%s: refused with the way out', async (_, content, words) => {
	await expect(read(content)).rejects.toThrow(words);
});

const pop = 'virtqueue_pop vq 0x7f4b in_num 1 out_num 1';

test.each([
	['2026-03-01T00:00:00.200005Z vm1 ', -1],
	['2026-03-01T00:00:00.200005Z [vm 1] ', -1],
	['2026-03-01T00:00:00.200005Z qemu-system-x86_64: ', -1],
	['2026-03-01T00:00:00.200005Z (4010) ', 4010],
	['2026-03-01T00:00:00.200005Z (4010:CPU 0/KVM): ', 4010],
	['2026-03-01T02:00:00.200005+02:00 /usr/bin/qemu-system-x86_64 [vm1] (4010:main): ', 4010],
	['2026-03-01T00:00:00.200005Z stderr F ', -1],
	['2026-03-01t00:00:00.200005z ', -1],
	['2026-03-01T02:00:00,200005+02 ', -1],
	['2026/03/01 00:00:00.200005 ', -1],
	['2026-03-01T00:00:00.200005Z {app="qemu"} ', -1],
	['<14>2026-03-01T00:00:00.200005Z host qemu[4000]: ', -1],
	['1772323200.200005: ', -1],
	['- 4010@1772323200.200005: ', 4010],
	['qemu-system-x86_64: 4010@1772323200.200005: ', 4010],
	['4010@1772323200.200005: ', 4010],
])('a QEMU log with %j before its events', (prefix, thread) => {
	const reader = new TraceReader();
	// The second line is read by what the first has shown.
	for (const event of [reader.readText(`${prefix}${pop}`), reader.readText(`${prefix}${pop}`)]) {
		expect(event).toMatchObject({time: 200_005_000, pid: thread, payload: {name: 'virtqueue_pop', vq: '0x7f4b'}});
	}

	expect(reader.made.base).toBe(Date.UTC(2026, 2, 1) / 1000);
});

test.each([
	['[    0.200005] ', -1],
	['<6>[    0.200005] ', -1],
	['I0101 00:00:00.200005    4010 main.go:12] ', 4010],
])('a QEMU log in the kernel log or that of a container, %j', (prefix, thread) => {
	const event = new TraceReader().readText(`${prefix}${pop}`);
	expect(event).toMatchObject({time: 200_005_000, pid: thread, payload: {name: 'virtqueue_pop'}});
});

test("perf's modifiers of an event are no part of its payload", () => {
	const text = 'irq:irq_handler_entry: irq=27 name=virtio0-control';
	const plain = eventOf(`            game  1000 [000]  0.200004000: ${text}`);
	expect(plain?.payload.name).toBe('irq_handler_entry');
	for (const modifiers of ['k', 'ukhp']) {
		const modified = text.replace(': irq', `:${modifiers}: irq`);
		expect(eventOf(`            game  1000 [000]  0.200004000: ${modified}`)).toEqual(plain);
	}
});

test('times in whole milliseconds are not used, and that is said', async () => {
	const stamped = (fraction: number): string =>
		`2026-03-01 00:00:00.${String(fraction).padStart(3, '0')}+0000: ${pop}\n`;
	const log = Array.from({length: 30}, (_, index) => stamped(index)).join('');
	const {summary} = await read(log);
	expect(summary.coarse).toBe(30);
	expect(summary.warnings.join('\n')).toMatch(/whole milliseconds, too coarse for 30 events: .*timestamp=on/v);
	const fine = await read(`${log}2026-03-01 00:00:00.100123+0000: ${pop}\n`);
	expect([fine.summary.coarse, fine.summary.warnings]).toEqual([0, []]);
});
