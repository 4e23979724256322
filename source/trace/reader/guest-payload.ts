import {integerAfter, wordAfter} from './payload-fields.js';
import {type GpuCommandPayload, type Payload} from './trace-event.js';

type Reader = (text: string) => Payload | undefined;

/** Characters of a function's name that are kept. */
const longestFunction = 100;

/** The guest's events, each by the format of its kernel's trace headers; undefined for a payload of another form. */
export const guestPayloads: ReadonlyMap<string, Reader> = new Map<string, Reader>([
	['virtio_gpu_cmd_queue', text => gpuCommand('virtio_gpu_cmd_queue', text)],
	['virtio_gpu_cmd_response', text => gpuCommand('virtio_gpu_cmd_response', text)],
	['irq_handler_entry', irqEntry],
	['irq_handler_exit', irqExit],
	['workqueue_queue_work', text => work('workqueue_queue_work', text)],
	['workqueue_activate_work', text => work('workqueue_activate_work', text)],
	['workqueue_execute_start', text => work('workqueue_execute_start', text)],
	['workqueue_execute_end', text => work('workqueue_execute_end', text)],
	['contention_begin', contentionBegin],
	['contention_end', contentionEnd],
	['sched_switch', schedSwitch],
	['sched_wakeup', text => schedWakeup('sched_wakeup', text)],
	['sched_waking', text => schedWakeup('sched_waking', text)],
	['notify_in', notifyIn],
	['vp_notify', notifyIn],
	['virtqueue_notify', notifyIn],
	['notify_out', text => ({name: 'notify_out', caller: /^\((\w{1,60})/v.exec(text)?.[1] ?? ''})],
]);

/** `qlock_wait_begin: who=… holder=…`, which a driver writes with trace_printk under any event name. */
export function qlockMark(text: string): Payload | undefined {
	const [, edge, who, holder] = /qlock_wait_(begin|end): who=(\w{1,20}) holder=(\w{1,20})/v.exec(text) ?? [];
	return edge === undefined ? undefined : {name: edge === 'begin' ? 'qlock_wait_begin' : 'qlock_wait_end', who, holder};
}

/** The eight events of include/trace/events/dma_fence.h. */
export function dmaFence(event: string, text: string): Payload | undefined {
	const context = integerAfter(text, 'context');
	const seqno = integerAfter(text, 'seqno');
	return Number.isNaN(context + seqno)
		? undefined
		: {
			name: 'dma_fence', what: event.slice('dma_fence_'.length), driver: wordAfter(text, 'driver'), timeline: wordAfter(text, 'timeline'), context, seqno,
		};
}

/** Old: vdev vq name type flags fence_id ctx_id; Linux 6.3 and later also num_free and seqno. */
function gpuCommand(name: GpuCommandPayload['name'], text: string): Payload | undefined {
	const queue = integerAfter(text, 'vq');
	const type = integerAfter(text, 'type');
	const flags = integerAfter(text, 'flags');
	const context = integerAfter(text, 'ctx_id');
	const fenceId = wordAfter(text, 'fence_id');
	const isOld = !text.includes('num_free=');
	const numFree = isOld ? 0 : integerAfter(text, 'num_free');
	const seqno = isOld ? 0 : integerAfter(text, 'seqno');
	return Number.isNaN(queue + type + flags + context + numFree + seqno) || !/^\d{1,20}$/v.test(fenceId)
		? undefined
		: {
			name, queue, type, flags, context, fenceId, numFree: isOld ? null : numFree, seqno: isOld ? null : seqno,
		};
}

function irqEntry(text: string): Payload | undefined {
	const irq = integerAfter(text, 'irq');
	return Number.isNaN(irq) ? undefined : {name: 'irq_handler_entry', irq, action: wordAfter(text, 'name')};
}

function irqExit(text: string): Payload | undefined {
	const irq = integerAfter(text, 'irq');
	return Number.isNaN(irq) ? undefined : {name: 'irq_handler_exit', irq, handled: wordAfter(text, 'ret') === 'handled'};
}

/** `function=…` when queued, `function …` afterwards; 5.10 names the workqueue only when it queues. */
function work(name: 'workqueue_queue_work' | 'workqueue_activate_work' | 'workqueue_execute_start' | 'workqueue_execute_end', text: string): Payload | undefined {
	return text.startsWith('work struct') || text.startsWith('workqueue') ? {name, work: functionOf(text)} : undefined;
}

/** The word after the first `function=` or `function `, cut; empty when there is none. */
function functionOf(text: string): string {
	const label = 'function';
	for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
		const start = at + label.length + 1;
		if ((text[start - 1] === '=' || text[start - 1] === ' ') && start < text.length && text[start] !== ' ') {
			const end = text.indexOf(' ', start);
			return text.slice(start, Math.min(end === -1 ? text.length : end, start + longestFunction));
		}
	}

	return '';
}

function contentionBegin(text: string): Payload | undefined {
	const [, lock, flags] = /^(\S{1,40}) \(flags=([A-Z\|]*)/v.exec(text) ?? [];
	return lock === undefined ? undefined : {name: 'contention_begin', lock, flags};
}

function contentionEnd(text: string): Payload | undefined {
	const [, lock] = /^(\S{1,40}) \(ret=/v.exec(text) ?? [];
	return lock === undefined ? undefined : {name: 'contention_end', lock};
}

/** Trace-cmd writes `comm:pid [prio] state ==> comm:pid [prio]`, the kernel `prev_comm=… ==> next_comm=…`. */
function schedSwitch(text: string): Payload | undefined {
	const [left, right] = text.split(' ==> ');
	if (right === undefined) {
		return undefined;
	}

	const previous = /^prev_comm=(.{0,32}) prev_pid=(\d{1,10}) .*prev_state=(\S{1,10})/v.exec(left) ?? /^(.{0,32}):(\d{1,10}) \[\d+\] (\S{1,10})$/v.exec(left);
	const next = /^next_comm=(.{0,32}) next_pid=(\d{1,10}) /v.exec(right) ?? /^(.{0,32}):(\d{1,10}) \[\d+\]/v.exec(right);
	return previous === null || next === null
		? undefined
		: {
			name: 'sched_switch', previousComm: previous[1], previousPid: Number(previous[2]), previousState: previous[3], nextComm: next[1], nextPid: Number(next[2]),
		};
}

function schedWakeup(name: 'sched_wakeup' | 'sched_waking', text: string): Payload | undefined {
	const [, comm, pid, cpu] = /^comm=(.{0,32}) pid=(\d{1,10}) .*target_cpu=(\d{1,5})/v.exec(text) ?? /^(.{0,32}):(\d{1,10}) \[\d+\].* CPU:(\d{1,5})/v.exec(text) ?? [];
	return comm === undefined
		? undefined
		: {
			name, wokenComm: comm, wokenPid: Number(pid), targetCpu: Number(cpu),
		};
}

/** A kprobe on vp_notify; `idx` is the queue when the probe fetches it. */
function notifyIn(text: string): Payload {
	const queue = integerAfter(text, 'idx');
	const numFree = integerAfter(text, 'num_free');
	return {name: 'notify_in', queue: Number.isNaN(queue) ? null : queue, numFree: Number.isNaN(numFree) ? null : numFree};
}
