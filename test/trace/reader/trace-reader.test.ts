import {expect, test} from 'vitest';
import {TraceReader} from '../../../source/trace/reader/trace-reader.js';
import {eventOf, fixtureText} from '../trace-lines.js';

const ftraceQueue =
	'          vgload-181     [000] ...1.   126.461684: virtio_gpu_cmd_queue: vdev=0 vq=0 name=control ' +
	'type=0x102 flags=0x1 fence_id=7 ctx_id=3 num_free=63 seqno=1508';
const payload = {
	name: 'virtio_gpu_cmd_queue',
	queue: 0,
	type: 0x1_02,
	flags: 1,
	fence: 7,
	context: 3,
	numFree: 63,
	seqno: 1508,
};

test.each([
	'base_flood1_p1.guest',
	'base_flood1_p2.guest',
	'base_xfer1_p0.guest',
	'base_paced_p0.guest',
	'base_flood1_p1.host',
	'base_xfer1_p0.host',
])('%s: every line is known and counted once, by the name that stands in it', name => {
	const text = fixtureText(name);
	const lines = text.split('\n').slice(0, -1);
	const reader = new TraceReader();
	for (const line of lines) {
		reader.readText(line);
	}

	expect(reader.others.unknown).toBe(0);
	expect(reader.lost).toBe(0);
	expect([...reader.counts.values()].reduce((sum, count) => sum + count, 0)).toBe(lines.length);
	for (const [event, count] of reader.counts) {
		if (!event.startsWith('(')) {
			const pattern = new RegExp(name.endsWith('guest') ? `: ${event}: ` : `:${event}(?: |$)`, 'v');
			expect([event, lines.filter(line => pattern.test(line)).length]).toEqual([event, count]);
		}
	}
});

test('the same event in the layouts of ftrace, trace-cmd report and perf script', () => {
	const traceCmd =
		'vgload-181   [000]   126.461684: virtio_gpu_cmd_queue: vdev=0 vq=0 name=control type=0x102 flags=0x1 ' +
		'fence_id=7 ctx_id=3 num_free=63 seqno=1508';
	const perf =
		'          vgload   181 [000]   126.461684: virtio_gpu:virtio_gpu_cmd_queue: vdev=0 vq=0 name=control ' +
		'type=0x102 flags=0x1 fence_id=7 ctx_id=3 num_free=63 seqno=1508';
	expect(eventOf(ftraceQueue)?.depth).toBe(1);
	for (const line of [
		ftraceQueue,
		`${ftraceQueue}\r`,
		traceCmd,
		`guest.dat:  ${traceCmd}`,
		perf,
		`VM:    1 VCPU:002 ${perf.trimStart()}`,
	]) {
		expect(eventOf(line)).toMatchObject({
			time: 461_684_000,
			cpu: 0,
			comm: 'vgload',
			pid: 181,
			payload,
		});
	}
});

test('names with spaces and dashes, nine decimals, a decimal comma', () => {
	expect(
		eventOf(' CPU 0/KVM-4711  [003] d..1.  12.000000001: kvm_entry: vcpu 0, rip 0xffffffff81000000'),
	).toMatchObject({
		time: 1,
		cpu: 3,
		comm: 'CPU 0/KVM',
		pid: 4711,
		payload: {name: 'kvm_entry', vcpu: 0},
	});
	expect(eventOf('x-1-y-22 [001] 5,000100: irq_handler_exit: irq=27 ret=handled')).toMatchObject({
		time: 100_000,
		comm: 'x-1-y',
		pid: 22,
		payload: {name: 'irq_handler_exit', irq: 27, handled: true},
	});
});

test('Linux up to 6.2 says neither num_free nor seqno, and the name may be a pointer', () => {
	const old =
		'game-9 [001] .... 1.000001: virtio_gpu_cmd_response: vdev=0 vq=1 name=0xffff8880 type=0x1100 flags=0x0 ' +
		'fence_id=0 ctx_id=0';
	expect(eventOf(old)?.payload).toMatchObject({
		name: 'virtio_gpu_cmd_response',
		queue: 1,
		type: 0x11_00,
		numFree: null,
		seqno: null,
	});
});

test.each([
	[
		'workqueue_execute_start: work struct 0: function_x=1 function  function=a function=b',
		{name: 'workqueue_execute_start', work: 'a'},
	],
	['workqueue_execute_end: work struct 0: function ', {name: 'workqueue_execute_end', work: ''}],
	[
		'workqueue_queue_work: work struct=00000000ab function=virtio_gpu_dequeue_ctrl_func [virtio_gpu] ' +
			'workqueue=events req_cpu=8192 cpu=1',
		{name: 'workqueue_queue_work', work: 'virtio_gpu_dequeue_ctrl_func'},
	],
	['workqueue_queue_work: workqueue=00000000ab req_cpu=8192 cpu=1', {name: 'workqueue_queue_work', work: ''}],
	[
		'workqueue_execute_start: work struct 00000000ab: function virtio_gpu_dequeue_ctrl_func',
		{name: 'workqueue_execute_start', work: 'virtio_gpu_dequeue_ctrl_func'},
	],
	[
		'contention_begin: 000000004e (flags=SPIN|WRITE)',
		{name: 'contention_begin', lock: '000000004e', flags: 'SPIN|WRITE'},
	],
	['contention_end: 000000004e (ret=0)', {name: 'contention_end', lock: '000000004e'}],
	[
		'sched_switch: prev_comm=a b prev_pid=7 prev_prio=120 prev_state=R+ ==> next_comm=kworker/1:0 ' +
			'next_pid=28 next_prio=120',
		{
			name: 'sched_switch',
			previousComm: 'a b',
			previousPid: 7,
			previousState: 'R+',
			nextComm: 'kworker/1:0',
			nextPid: 28,
		},
	],
	['sched_switch: a:7 [120] S ==> swapper/1:0 [120]', {name: 'sched_switch', previousPid: 7, nextPid: 0}],
	[
		'sched_waking: comm=game pid=99 prio=120 target_cpu=001',
		{
			name: 'sched_waking',
			wokenComm: 'game',
			wokenPid: 99,
			targetCpu: 1,
		},
	],
	['notify_in: (vp_notify+0x4/0x20) idx=0 num_free=63', {name: 'notify_in', queue: 0, numFree: 63}],
	['notify_out: (virtqueue_notify+0x1c/0x40 <- vp_notify)', {name: 'notify_out', caller: 'virtqueue_notify'}],
	[
		'vgpu_lock: qlock_wait_end: who=worker holder=in_notify cycles=28972918',
		{name: 'qlock_wait_end', who: 'worker', holder: 'in_notify'},
	],
	[
		'dma_fence_emit: driver=virtio_gpu timeline=controlq context=12 seqno=34',
		{
			name: 'dma_fence',
			what: 'emit',
			driver: 'virtio_gpu',
			timeline: 'controlq',
			context: 12,
			seqno: 34,
		},
	],
	[
		'kvm_exit: vcpu 1 reason EPT_MISCONFIG rip 0xffffffff info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0',
		{name: 'kvm_exit', vcpu: 1, reason: 'EPT_MISCONFIG'},
	],
	['kvm_exit: reason HLT rip 0xffffffff info 0 0', {name: 'kvm_exit', vcpu: -1, reason: 'HLT'}],
	[
		'kvm_mmio: mmio write len 2 gpa 0xfebf3000 val 0x0',
		{
			name: 'kvm_mmio',
			access: 'write',
			bytes: 2,
			address: '0xfebf3000',
		},
	],
	['kvm_fast_mmio: fast mmio at gpa 0xfebf3000', {name: 'kvm_fast_mmio', address: '0xfebf3000'}],
	['kvm_msi_set_irq: dst 1 vec 35 (Fixed|physical|edge)', {name: 'kvm_msi_set_irq', destination: 1, vector: 35}],
	['kvm_userspace_exit: reason KVM_EXIT_MMIO (6)', {name: 'kvm_userspace_exit', reason: 'KVM_EXIT_MMIO'}],
	['tracing_mark_write: virtio_notify vdev 0x55 vq 0x7f', {name: 'virtio_notify', device: '0x55', vq: '0x7f'}],
	['mm_page_alloc: page=0 order=0', {name: 'other', event: 'mm_page_alloc'}],
])('%s', (text, expected) => {
	expect(eventOf(` x-1 [000] d..1. 1.000000: ${text}`)?.payload).toMatchObject(expected);
});

test.each([
	['20288@1795416391.880702:virtio_queue_notify vdev 0x55a4 n 0 vq 0x7f4b', {name: 'virtio_queue_notify', queue: 0}],
	[
		'20241@1795416391.880797:virtio_gpu_cmd_res_create_2d res 0x1f7, fmt 0x2, w 16, h 16',
		{name: 'gpu_command', command: 'RESOURCE_CREATE_2D'},
	],
	[
		'20241@1795416391.880797:virtio_gpu_update_cursor scanout 0, x 1, y -2, move, res 0x0',
		{name: 'gpu_command', command: 'MOVE_CURSOR'},
	],
	['virtqueue_flush vq 0x7f4b count 1', {name: 'virtqueue_flush', count: 1}],
	['virtio_gpu_fence_ctrl fence 0x1f, type 0x207', {name: 'gpu_fence', what: 'ctrl', fence: '0x1f'}],
	['1@2.000000:qemu_mutex_locked taken mutex 0x55 (main-loop.c:299)', {name: 'bql', what: 'taken', mutex: '0x55'}],
	['1@2.000000:virtio_gpu_cmd_get_display_info', {name: 'gpu_command', command: 'GET_DISPLAY_INFO'}],
])('QEMU: %s', (line, expected) => {
	expect(eventOf(line)?.payload).toMatchObject(expected);
});

test('what the recorder lost is counted, and what it overwrote before', () => {
	const reader = new TraceReader();
	for (const line of [
		'# entries-in-buffer/entries-written: 100/350   #P:2',
		'CPU:1 [LOST 40 EVENTS]',
		'CPU:0 [7 EVENTS DROPPED]',
		'CPU:0 [EVENTS DROPPED]',
		ftraceQueue,
	]) {
		reader.readText(line);
	}

	expect([reader.headers.overwritten, reader.lost, reader.others.unknown]).toEqual([250, 48, 0]);
});

test('a known event with a payload of another form is an unknown line', () => {
	const reader = new TraceReader();
	expect(reader.readText(ftraceQueue.slice(0, -12))).toBeNull();
	expect(reader.readText(' x-1 [000] d..1. 1.0: virtio_gpu_cmd_queue: vdev=0 vq=zero')).toBeNull();
	expect(reader.others.unknown).toBe(2);
});

test('a doorbell of a probe that does not fetch the queue', () => {
	expect(eventOf(' x-1 [000] ...1. 1.000000: notify_in: (vp_notify+0x4/0x20)')?.payload).toEqual({
		name: 'notify_in',
		queue: null,
		numFree: null,
		function: 'vp_notify',
		probe: 'notify_in',
	});
});
