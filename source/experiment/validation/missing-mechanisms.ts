import {type Figure} from './score.js';

/** What a figure out of band would need, and where that is known from. */
export type MissingMechanism = {readonly mechanism: string; readonly source: string};

type Rule = MissingMechanism & {
	/** Of the cell's id and the metric's path, joined by a blank. The first rule that fits counts. */
	readonly of: RegExp;
};

const rules: readonly Rule[] = [
	{
		of: /^P\/paced|\/paced\/.* cpu\./v,
		mechanism: 'the guest\'s own timers and daemons (ticks, RCU, journals) and QEMU\'s display refresh on an otherwise idle machine; with four vCPUs two more ticks',
		source: 'cells */paced: vCPUs 0.10 with two of them, 0.13 with four, 0.14 on one host CPU, for two commands a frame',
	},
	{
		of: /^P\/.*(?:kicks|irqs|lock\.spin\.worker)/v,
		mechanism: 'wake-ups of the main loop that fail more often: other guest wake-ups made with a lock held (run queues, timers, wait queues of other tasks) take the CPU from who should ring next',
		source: 'trace onepcpu: a dozen wake-ups preempt within 30 us, then one waits until the ring is full; stacks of a guest on one host CPU: rcu_gp_fqs_loop, __task_rq_lock, drm_vma_offset_remove in native_queued_spin_lock_slowpath',
	},
	{
		of: /^P\//v,
		mechanism: 'the same code at half the speed for stretches of 10 ms to minutes (other VMs on the machine): a handful of runs on one CPU fell into slow ones',
		source: 'samples onepcpu against base: virtqueue_add 1.4 us against 0.73 in flood, 0.58 against 0.56 in xfer',
	},
	{
		of: /\/cursor\//v,
		mechanism: 'the cursor interrupt lands on the submitter\'s own vCPU and cold translated code there; the guest may move the client away',
		source: 'trace base_cursor: handler to next command 76 us, without an interrupt 38 us',
	},
	{
		of: /^K\//v,
		mechanism: 'none for the lock: the cells with the FIFO lock were measured in a faster phase of the machine, which one set of costs can not show',
		source: 'K/flood1 38 to 40k commands a second against 26 to 28k of A/flood1, which differs in the spinlock only',
	},
	{
		of: /lock\.spin\.worker|OnNotify/v,
		mechanism: 'the share of time that the main loop is beside the submitter: about right with one flood client, a third instead of a quarter with one xfer client, half instead of nearly all with two flood clients; what makes the balancer take a chance or not is not modelled',
		source: 'live guest, pinned: 22 to 43 % of the worker\'s runs meet a doorbell beside the submitter and 4 % beside the worker in flood, 56 to 62 and 3 to 7 % in xfer, and the model says the same; scheduler trace: 5 of 17 chances of a newly idle CPU taken',
	},
	{
		of: /lock\.spin\.submitter/v,
		mechanism: 'waits of milliseconds behind other work of the machine are a handful a run: medians over a few runs jump between none and one of them, and how that work is spread over the CPUs is not known',
		source: 'primitives: sub_wait 2 to 4 us at the median, 0.2 to 5 ms at most; samples beside a scheduler trace of a like machine: a kernel thread or daemon on the holder\'s CPU for 1 to 4 ms',
	},
	{
		of: /\/xfer2\//v,
		mechanism: 'where the main loop runs for long: beside the first submitter nearly every kick takes the CPU at once and finds one or two commands; the model moves it at random',
		source: 'scheduler trace of such a guest, xfer with two threads: 13,700 of 17,700 wake-ups a second on the kicker\'s own CPU, 1 us to run',
	},
	{
		of: /\/(?:flood2|mix)\//v,
		mechanism: 'migration of guest tasks between vCPUs while the worker waits for one (load balancing, wake_affine of the guest)',
		source: 'testbed: with two submitters one shares the worker\'s vCPU; primitives: irq2wrk p90 600 to 1200 us with two threads',
	},
	{
		of: /cpu\.mainLoop/v,
		mechanism: 'service times that depend on warm caches: cheaper when commands come in batches',
		source: 'main loop per command: 11 us in A/flood1, 9 us in A/flood2; 5.8 us in A/xfer1, 3.6 us in A/xfer2',
	},
];

/** What couples everything on that machine, and no rule above. */
const general: MissingMechanism = {
	mechanism: 'fast and slow phases of the machine, both CPUs at once and by a factor of up to two, that last 10 ms to minutes: cells measured minutes apart differ by them',
	source: 'traces base_*: from UNREF to CREATE_2D 43 us for tens of ms, then 86 us, main loop and guest alike; samples: median of virtqueue_add over 50 commands 0.6 or 1.2 us in long stretches',
};

/** What the model lacks where this figure is out of band. */
export function missingMechanism({cell, metric}: Pick<Figure, 'cell' | 'metric'>): MissingMechanism {
	const text = `${cell} ${metric}`;
	return rules.find(rule => rule.of.test(text)) ?? general;
}
