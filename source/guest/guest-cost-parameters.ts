import {commandIndex, commandNames, commands} from '../devices/gpu/commands.js';
import {family} from '../parameters/family.js';
import {microsecond, type Parameter} from '../parameters/parameter.js';
import {spreads} from '../parameters/spread.js';
import {cost} from './guest-cost.js';

const prepare = {
	...cost({
		name: 'prepare',
		label: 'prepare',
		value: 4 * microsecond,
		per: 'a command',
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: 'system call, ioctl and virtio_gpu_get_vbuf; no published figure'},
		words:
			'Guest time of a client before it asks for the lock: ioctl, allocation of the buffer, command set up. A ' +
			'step of a client may say its own, and each command has its own key.',
		metrics: ['latency.stages.prepare.mean', 'throughput.completed'],
	}),
	elements: commands.length,
};

const response = {
	...cost({
		name: 'response',
		label: 'response',
		value: 500,
		per: 'a command',
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: 'callback and kfree of a buffer; no published figure'},
		words:
			'Time of the worker for one response after it has released the lock: trace, fence, callback, free. ' +
			'Sleepers on ack_queue are woken only after the responses of the whole drain.',
		metrics: ['latency.stages.response.mean'],
	}),
	elements: commands.length,
};

/** Times of guest code, all drawn anew at each use. */
export const guestCostParameters = [
	prepare,
	...family({
		base: prepare,
		names: commandNames,
		element: commandIndex,
		label: 'prepare',
		words: name => `Guest time before the lock for ${name}. Left at inherit it is guest.cost.prepare.`,
	}),
	cost({
		name: 'add',
		label: 'add',
		value: 300,
		per: 'a command',
		spread: spreads.guestCode,
		provenance: {
			kind: 'assumed',
			source: 'between 0.2 and 0.5 us native; the same with and without an indirect table',
		},
		words:
			'Time of virtqueue_add_sgs, with ctrlq.qlock held; at its end avail->idx is published. It is the part ' +
			'of the lock hold that no lock policy removes.',
		metrics: ['latency.stages.submit.mean', 'lock.hold.p50'],
	}),
	cost({
		name: 'kickPrepare',
		label: 'kick prepare',
		value: 100,
		per: 'a call',
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: "a full barrier and a read of the other side's cache line"},
		words:
			'Time of virtqueue_kick_prepare, with the lock held. Batched policies pay for it once a notify instead ' +
			'of once a command.',
		metrics: ['lock.hold.p50'],
	}),
	cost({
		name: 'drain',
		label: 'drain, fixed part',
		value: 200,
		per: 'a worker run',
		spread: spreads.guestCode,
		provenance: {
			kind: 'assumed',
			source:
				'disable_cb, enable_cb and their barriers; measured under TCG: a hold of 1.5 to 4 us without ' +
				'buffers',
		},
		words:
			'Time of the worker with the lock held that does not depend on the number of buffers: ' +
			'virtqueue_disable_cb and virtqueue_enable_cb. It is paid once for each run of the dequeue work.',
		metrics: ['latency.stages.reap.mean', 'lock.hold.p50'],
	}),
	cost({
		name: 'getBuf',
		label: 'get_buf',
		value: 150,
		per: 'a buffer',
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: 'between 0.1 and 0.2 us native; 0.36 to 0.84 us measured under TCG'},
		words:
			'Time of virtqueue_get_buf for one used buffer, in the worker with the lock held. A drain of a full ' +
			'ring holds the lock for that many of it.',
		metrics: ['latency.stages.reap.mean', 'lock.hold.max'],
	}),
	response,
	...family({
		base: response,
		names: commands.filter(command => command.queue === 'control').map(command => command.name),
		element: commandIndex,
		label: 'response',
		words: name => `Time of the worker for a response to ${name}. Left at inherit it is guest.cost.response.`,
	}),
	cost({
		name: 'free',
		label: 'deferred free',
		value: 0,
		per: 'a RESOURCE_UNREF',
		provenance: {
			kind: 'assumed',
			source:
				'part of guest.cost.response by default; inferred under TCG: about 10 us an object, in batches ' +
				'every 12 ms',
		},
		words:
			"Guest time to free the memory of an object after its RESOURCE_UNREF was answered, on the worker's " +
			'vCPU. It is done in batches (guest.freePeriod) that hold up the worker.',
		metrics: ['latency.stages.workerDelay.tail', 'ring.fullWaits'],
	}),
	cost({
		name: 'gracePeriod',
		label: 'grace period',
		value: 0,
		per: 'an RCU grace period',
		provenance: {
			kind: 'assumed',
			source:
				'not modelled by default; kernel/rcu/tree.c rcu_gp_kthread: one about every 12 ms at HZ=250 while ' +
				'callbacks wait',
		},
		words:
			'Work of the RCU kthread in a grace period while objects are being freed. A vCPU wakes it with a lock ' +
			'held, and on a shared host CPU the kthread then spins on that lock.',
		metrics: ['cpu.vcpus[0].spin', 'throughput.completed'],
	}),
	cost({
		name: 'tick',
		label: 'tick handler',
		value: 1500,
		per: 'a tick',
		spread: spreads.guestCode,
		provenance: {
			kind: 'assumed',
			source:
				'tick_nohz_handler with sched_tick and update_process_times; no published figure; 80 to 150 us ' +
				'measured under TCG',
		},
		words:
			'Guest time of the handler of a tick (guest.tick), behind guest.cost.irqEntry. It comes with two VM ' +
			'exits under KVM, and with two wake-ups of the main loop under TCG.',
		metrics: ['cpu.vcpus[0].guest', 'latency.p99'],
	}),
	cost({
		name: 'irqEntry',
		label: 'IRQ entry',
		value: microsecond,
		per: 'an IRQ',
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: 'entry, vring_interrupt, schedule_work; no published figure'},
		words:
			'Guest time of a hard interrupt up to queue_work. It is taken from whatever runs on that vCPU, a ' +
			'spinner too.',
		metrics: ['latency.stages.workerDelay.mean'],
	}),
	cost({
		name: 'workerWake',
		label: 'worker wake',
		value: 4 * microsecond,
		spread: spreads.guestWake,
		provenance: {kind: 'assumed', source: 'between 2 and 8 us on an idle CPU; no published figure'},
		words:
			'From queue_work to virtio_gpu_dequeue_ctrl_func on a vCPU that is idle: wake-up and switch to the ' +
			"kworker. On a busy vCPU the scheduler's delay is added by the model.",
		metrics: ['latency.stages.workerDelay.mean'],
	}),
	cost({
		name: 'taskWake',
		label: 'task wake',
		value: microsecond,
		per: 'a wake-up',
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: 'try_to_wake_up with a reschedule IPI; no published figure'},
		words: 'What a waker pays to make a sleeping task runnable. The worker pays it for each sleeper on ack_queue.',
		metrics: ['latency.stages.ringWait.mean'],
	}),
	cost({
		name: 'contextSwitch',
		label: 'context switch',
		value: microsecond,
		per: 'a switch',
		spread: spreads.guestCode,
		provenance: {
			kind: 'published',
			source: 'about 1.1 us thread to thread by pipe ping-pong (11th generation i7, Linux 6.6), a weak source',
		},
		words: 'Time of a switch between two guest tasks on a vCPU. It counts as guest time.',
		metrics: ['latency.stages.workerDelay.mean'],
	}),
	cost({
		name: 'lockTransfer',
		label: 'lock transfer',
		value: 100,
		max: 100 * microsecond,
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: 'a cache line between two cores; a prototype needed 0.25 us under TCG'},
		words:
			'From the release of a spinlock to the return of spin_lock in the CPU that spun for it. It bounds how ' +
			'fast a contended lock can change hands.',
		metrics: ['lock.wait.p50'],
	}),
	cost({
		name: 'unlockGap',
		label: 'unlock gap',
		value: 0,
		max: 100 * microsecond,
		provenance: {kind: 'assumed', source: 'part of guest.cost.prepare by default; no published figure'},
		words:
			'Guest code between an unlock and the next lock by the same thread, as of virtio_gpu_notify behind a ' +
			'submit. Without it the releaser takes an unfair lock again at once, and others wait the less.',
		metrics: ['lock.contended', 'lock.waits.submitterOther'],
	}),
	cost({
		name: 'recheck',
		label: 'room recheck',
		value: 60,
		max: 100 * microsecond,
		spread: spreads.guestCode,
		provenance: {
			kind: 'assumed',
			source:
				'an uncontended unlock and a wait_event whose condition holds: two atomic operations and some ' +
				'loads',
		},
		words:
			'A round of the hot loop of driver.waitBug, from the unlock to the next spin_lock. Nothing else draws ' +
			'it; less than 10 ns counts as 10 ns.',
		metrics: ['lock.acquisitions', 'lock.spin.worker'],
	}),
	{
		key: 'guest.cost.spinThreshold',
		sets: 'spinThreshold',
		label: 'spin threshold',
		group: 'guest',
		type: 'integer',
		unit: 'PAUSEs',
		min: 1,
		max: 16_777_216,
		default: 32_768,
		provenance: {
			kind: 'source code',
			source: 'Linux kernel/locking/qspinlock_paravirt.h: SPIN_THRESHOLD is 1 << 15',
		},
		words: 'PAUSEs after which a PV waiter halts. Used by pv-qspinlock only.',
		effect: 'next-use',
		metrics: ['lock.halted', 'lock.spin.total'],
	},
	cost({
		name: 'pvKick',
		label: 'PV kick',
		value: 2 * microsecond,
		per: 'a hypercall',
		spread: spreads.wake,
		provenance: {
			kind: 'assumed',
			source: 'an exit handled in the kernel (0.7 us) plus the wake-up of a vCPU thread',
		},
		words: 'What the unlocker pays to wake a halted waiter (KVM_HC_KICK_CPU). Used by pv-qspinlock only.',
		metrics: ['lock.halted'],
	}),
] as const satisfies readonly Parameter[];
