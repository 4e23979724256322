import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {GuestRecording} from '../../source/trace/recording/guest-recording.js';
import {doorbellProbe} from '../../source/trace/reader/doorbell-probe.js';
import {TraceReader} from '../../source/trace/reader/trace-reader.js';
import {queueColumn} from '../../source/meter/meter-columns.js';
import {readText} from '../meter/recorded.js';

/** 159 commands, 110 doorbells with their return, 123 interrupts, 122 runs of the worker. */
const base = gunzipSync(readFileSync(new URL('../fixtures/recordings/g00-base.txt.gz', import.meta.url))).toString();

function recorded(text: string): GuestRecording {
	const reader = new TraceReader();
	const guest = new GuestRecording();
	for (const line of text.split('\n')) {
		const event = reader.readText(line);
		if (event !== null) {
			guest.add(event);
		}
	}

	return guest;
}

function counts({commands, kicks, irqs, runs}: GuestRecording): readonly number[] {
	return [
		commands.length,
		kicks.length,
		kicks.filter(({isReturned}) => isReturned).length,
		irqs.length,
		irqs.filter(({queued}) => queued !== null).length,
		runs.length,
		runs.flatMap(({responses}) => responses).length,
	];
}

const all = [159, 110, 110, 123, 123, 122, 158];
const probeOf =
	(name: string, text: string, returnName: string, returnText: string) =>
	(line: string): string =>
		line
			.replace(/notify_in: \(.*?\)/v, `${name}: (${text})`)
			.replace(/notify_out: \(.*?\)/v, `${returnName}: (${returnText})`);

const variants: ReadonlyArray<readonly [string, (line: string) => string, readonly number[]]> = [
	['as it is', line => line, all],
	[
		'kprobe_events without names',
		probeOf('p_vp_notify_0', 'vp_notify+0x4/0x20', 'r_vp_notify_0', 'virtqueue_notify+0x1c/0x40 <- vp_notify'),
		all,
	],
	[
		'perf probe, no symbols',
		probeOf('vp_notify', 'ffffffff81a01234', 'vp_notify__return', 'ffffffff81a01234 <- ffffffff81a05678'),
		all,
	],
	[
		'fprobes',
		probeOf('vp_notify__entry', 'vp_notify', 'vp_notify__exit', 'virtqueue_notify+0x1c/0x40 <- vp_notify'),
		all,
	],
	[
		"a name of the user's, with symbols",
		probeOf('ding', 'vm_notify+0x0/0x40', 'dong', 'virtqueue_notify+0x1c/0x40 <- vm_notify'),
		all,
	],
	[
		"a name of the user's, without symbols",
		probeOf('gpu_doorbell', 'ffffffff81a01234', 'gpu_doorbell_end', 'ffffffff81a01234 <- ffffffff81a05678'),
		all,
	],
	[
		'virtio-ccw',
		probeOf('in', 'virtio_ccw_kvm_notify+0x0/0x40', 'out', 'virtqueue_notify+0x1c/0x40 <- virtio_ccw_kvm_notify'),
		all,
	],
	[
		"the core's function",
		probeOf('in', 'virtqueue_notify+0x0/0x40', 'out', 'virtqueue_kick+0x1c/0x40 <- virtqueue_notify'),
		all,
	],
	[
		'a function that is no doorbell',
		probeOf('in', 'virtqueue_kick+0x0/0x40', 'out', 'virtio_gpu_notify+0x1c/0x40 <- virtqueue_kick'),
		[159, 0, 0, 123, 123, 122, 158],
	],
	[
		"the core's and the transport's",
		line =>
			line.includes('notify_in')
				? `${line.replace('vp_notify+0x4', 'virtqueue_notify+0x4')}\n${line}`
				: line.includes('notify_out')
					? `${line}\n${line.replace('<- vp_notify', '<- virtqueue_notify')}`
					: line,
		all,
	],
	['an interrupt of all queues', line => line.replace('virtio0-control', 'virtio0-virtqueues'), all],
	['an interrupt of a transport that nobody knows', line => line.replace('virtio0-control', 'AIO'), all],
	['an interrupt of virtio-mmio', line => line.replace('virtio0-control', 'virtio0'), all],
	[
		'a device of another number',
		line => line.replace('virtio0-control', 'virtio5-control').replace('vdev=0', 'vdev=5'),
		all,
	],
	[
		'works without symbols',
		line => line.replace('virtio_gpu_dequeue_ctrl_func [virtio_gpu]', '0xffffffffc06b1230'),
		all,
	],
	['works without a function', line => line.replace(/:? function[= ]\S+ \[virtio_gpu\]/v, ''), all],
	['works without addresses', line => line.replace('00000000c0ffee00', '(____ptrval____)'), all],
	[
		'no works, an interrupt by its name',
		line => (line.includes('workqueue') ? '' : line),
		[159, 110, 110, 123, 0, 0, 0],
	],
	['ftrace has forgotten a name', line => line.replace('game-1000', '<...>-1000'), all],
];

test.each(variants)('%s: the same roles, for calibration and for view', (_, change, expected) => {
	const text = base
		.split('\n')
		.map(line => change(line))
		.join('\n');
	const guest = recorded(text);
	expect(counts(guest)).toEqual(expected);
	const {meter} = readText(text);
	const sum = (name: 'submitted' | 'kicks' | 'irqs' | 'workerRuns'): number => meter.sums[queueColumn(0, name)];
	expect([sum('submitted'), sum('kicks'), sum('irqs'), sum('workerRuns'), meter.commands.end]).toEqual([
		expected[0],
		expected[1],
		expected[3],
		expected[5],
		158,
	]);
});

test('what was used for what is said, and what was seen besides', () => {
	const {words} = recorded(
		base
			.split('\n')
			.map(line =>
				line.includes('notify_in')
					? `${line.replace('notify_in: (vp_notify+0x4', 'p_virtqueue_notify_0: (virtqueue_notify+0x4')}\n${line}`
					: line,
			)
			.join('\n'),
	);
	expect(words.used).toEqual([
		'seen, not used: a probe on virtqueue_notify (p_virtqueue_notify_0), which rings for other devices or ' +
			'is inside another probe',
		'doorbells: 110 of vp_notify, by notify_in and notify_out, 110 with their return',
		'interrupts: 123 of irq 27 (virtio0-control)',
		'worker: 122 runs of virtio_gpu_dequeue_ctrl_func',
	]);
});

test('doorbells without a return are counted, and their cost is not taken for nothing', () => {
	const guest = recorded(
		base
			.split('\n')
			.filter(line => !line.includes('notify_out'))
			.join('\n'),
	);
	expect(counts(guest)).toEqual([159, 110, 0, 123, 123, 122, 158]);
	expect(guest.words.warnings.join('\n')).toMatch(/the doorbells have no return .*r:notify_out vp_notify/v);
});

test("doorbells of other devices' threads are not the GPU's", () => {
	const guest = recorded(
		base
			.split('\n')
			.map(line => (line.includes('notify_in') ? `${line.replace('game-1000', '  dd-77  ')}\n${line}` : line))
			.join('\n'),
	);
	expect(counts(guest)).toEqual(all);
});

test('two devices with works of their own have runs and interrupts of their own', () => {
	const other = base
		.split('\n')
		.filter(line => line !== '' && !line.startsWith('#'))
		.map(line =>
			line
				.replace('game-1000', 'Xorg-2000')
				.replace('_pid=1000', '_pid=2000')
				.replace('vdev=0', 'vdev=3')
				.replace('virtio0-', 'virtio3-')
				.replace('irq=27', 'irq=28')
				.replace('c0ffee00', 'beef0000')
				.replace(/\[00[01]\]/v, cpu => (cpu === '[000]' ? '[002]' : '[003]'))
				.replaceAll('kworker/1:0-51', 'kworker/3:0-53')
				.replaceAll('kworker/1:0 ', 'kworker/3:0 ')
				.replace('_pid=51', '_pid=53'),
		);
	const own = base.split('\n').filter(line => line !== '' && !line.startsWith('#'));
	const text = own.flatMap((line, index) => [line, ...(index < 1000 ? [other[index]] : [])]).join('\n');
	const guest = recorded(text);
	expect(counts(guest)).toEqual(all);
	expect(guest.devices.map(({name}) => name)).toEqual(['0', '3']);
	const {meter} = readText(text);
	expect(meter.commands.end).toBe(158);
});

test.each([
	['notify_in', '(vp_notify+0x4/0x20)', {edge: 'in', function: 'vp_notify', caller: ''}],
	['x', '(vp_notify+0x4/0x20 [virtio_pci 12ab34cd])', {edge: 'in', function: 'vp_notify', caller: ''}],
	['x', '(virtio_pci:vp_notify+0x4/0x20)', {edge: 'in', function: 'vp_notify', caller: ''}],
	['x', '(vp_notify.isra.0+0x4/0x20)', {edge: 'in', function: 'vp_notify.isra.0', caller: ''}],
	[
		'x',
		'(virtqueue_add_sgs+0x1c/0x40 <- vp_notify)',
		{edge: 'out', function: 'vp_notify', caller: 'virtqueue_add_sgs'},
	],
	['vm_notify__return', '(ffffffff81a01234 <- ffffffff81a05678)', {edge: 'out', function: 'vm_notify', caller: ''}],
	['virtqueue_kick_prepare', '(ffffffff81a01234)', null],
	['x', '(tcp_sendmsg+0x0/0x40)', null],
	['x', '(ffffffff81a01234)', null],
	['x', 'vp_notify', null],
])('a probe %s %s', (event, text, probe) => {
	expect(doorbellProbe(event, text)).toEqual(probe);
});
