import {type Figure} from './score.js';

/** What a figure out of band would need, and where that is known from. */
export type MissingMechanism = {readonly mechanism: string; readonly source: string};

type Rule = MissingMechanism & {
	/** Of the cell's id and the metric's path, joined by a blank. The first rule that fits counts. */
	readonly of: RegExp;
};

const rules: readonly Rule[] = [
	{
		of: /^P\/flood/v,
		mechanism: 'guest code runs about twice as slow on a shared CPU, more than host.cost.cold gives back: other locks of the guest whose holder is preempted (allocator, run queues, RCU) are not modelled',
		source: 'primitives onepcpu: add 1.4 us against 0.7, irq2wrk 32 us against 13; reference/prototype.md, "Not reproduced by it"',
	},
	{
		of: /^P\/paced/v,
		mechanism: 'the guest\'s own timers and daemons (ticks, RCU, journals) that run on an otherwise idle machine',
		source: 'cells */paced: 0.1 to 0.14 vCPU at 60 frames a second',
	},
	{
		of: /^P\//v,
		mechanism: 'wake-ups that fail more often: run queues of the host have more than the VMM\'s threads on them, and weights and loads decide placement',
		source: 'trace onepcpu: a dozen wake-ups preempt within 30 us, then one waits until the ring is full; model: three to four times as many succeed',
	},
	{
		of: /\/paced\/.* cpu\./v,
		mechanism: 'the guest\'s own timers and daemons, and QEMU\'s display refresh, on an otherwise idle machine',
		source: 'cells */paced: main loop 0.05, vCPUs 0.1 with two commands a frame',
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
		of: /OnNotify/v,
		mechanism: 'the main loop on the submitter\'s CPU more often (wake_affine by load averages): it then preempts the submitter inside the doorbell while the worker starts on the other CPU',
		source: 'trace base_flood1_p2: 4 ms in virtqueue_notify with the worker spinning; testbed/README.md, "What was seen" 11',
	},
	{
		of: /lock\.spin\./v,
		mechanism: 'rare waits of milliseconds (a preempted holder) make up most of the spin of a run of a second: their number is a handful, the model draws others',
		source: 'primitives: wrk_wait median 1 to 3 us, maximum 0.2 to 5 ms, in p0 and p1',
	},
	{
		of: /lock\.waits\./v,
		mechanism: 'two CPUs that are threads of one core slow each other down, which couples the moments at which submitter and worker come to the lock',
		source: 'traces base_* against onepcpu: the same code between two commands takes 90 us against 44',
	},
	{
		of: /\/(?:flood2|xfer2|mix)\//v,
		mechanism: 'migration of guest tasks between vCPUs while the worker waits for one (load balancing, wake_affine of the guest)',
		source: 'testbed/README.md, "What was seen" 9; primitives: irq2wrk p90 600 to 1200 us with two threads',
	},
	{
		of: /^B\/xfer/v,
		mechanism: 'a doorbell that finds the BQL taken sleeps at once in the model; the futex and the scheduler of the host make it wait less often',
		source: 'primitives eioff2 xfer: doorbell median 1.1 us, p90 27 us',
	},
	{
		of: /cpu\.mainLoop/v,
		mechanism: 'service times that depend on warm caches: cheaper when commands come in batches',
		source: 'main loop per command: 11 us in A/flood1, 9 us in A/flood2; 5.8 us in A/xfer1, 3.6 us in A/xfer2',
	},
];

/** What couples everything on that machine, and no rule above. */
const general: MissingMechanism = {
	mechanism: 'two CPUs that are threads of one core slow each other down when both are busy',
	source: 'traces base_* against onepcpu: the same code between two commands takes 90 us against 44',
};

/** What the model lacks where this figure is out of band. */
export function missingMechanism({cell, metric}: Pick<Figure, 'cell' | 'metric'>): MissingMechanism {
	const text = `${cell} ${metric}`;
	return rules.find(rule => rule.of.test(text)) ?? general;
}
