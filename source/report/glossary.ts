import {linesOf} from '../metrics/metric-chart.js';
import {charts} from '../metrics/metric-table.js';
import {pmemTerms} from './pmem-terms.js';
import {type Term, term} from './term.js';
import {comparisonTerms} from './comparison-terms.js';

/** The charts of a run. */
const chartTerms: readonly Term[] = charts.map(chart =>
	term(chart.title, chart.words, ...linesOf(chart), ...(chart.least === undefined ? [] : [chart.least])),
);

/** The charts of a recording; what a recording does not show has none. */
export const recordingChartTerms = {
	throughput: term('Responses', 'Commands answered a second (virtio_gpu_cmd_response).'),
	queued: term('Queued', 'Commands put on the ring a second (virtio_gpu_cmd_queue).'),
	latency: term(
		'Latency us',
		'Time from publication to response of a recorded command, which is what the tracepoints show; without ' +
			"the client's own time before.",
		'latency.traced.p50',
	),
	waits: term(
		'Waits for qlock',
		'Milliseconds a second in which somebody waits for ctrlq.qlock (contention_begin to contention_end).',
	),
	numFree: term('num_free', 'Free descriptors of the control ring, as the tracepoints say it.', 'ring.numFree.mean'),
	inFlight: term('In flight', 'Commands published and not answered yet, mean over time.'),
	signals: term('Doorbells', 'Doorbell writes a second (virtqueue_notify).', 'kicks.perSecond'),
	irqs: term('IRQ rate', "Entries of the guest's interrupt handler a second (irq_handler_entry).", 'irqs.perSecond'),
	signalsAndIrqs: term(
		'Doorbells, IRQs',
		"Doorbell writes a second, and entries of the guest's interrupt handler a second, in one chart.",
		'kicks.perSecond',
		'irqs.perSecond',
	),
} as const satisfies Readonly<Record<string, Term>>;

/** The columns of the table of queues. */
export const queueTerms = {
	queue: term('queue', 'The virtqueue: control (ctrlq) or cursor (cursorq).'),
	size: term('size', 'Slots of the ring.', 'queue.size', 'queue.cursorSize'),
	free: term('free', 'Free descriptors of the ring (num_free), mean over the window.', 'ring.numFree.mean'),
	inFlight: term(
		'in fl',
		'Commands in flight: added and not reaped yet, mean over the window.',
		'ring.inFlight.mean',
	),
	perSecond: term('cmd/s', 'Commands completed a second.', 'throughput.completed'),
	kicks: term('kick/cmd', 'Doorbell writes for each command.', 'kicks.perCommand'),
	irqs: term('irq/cmd', 'Interrupts for each command.', 'irqs.perCommand'),
	full: term('full/s', 'Sleeps for room a second: the ring had not enough free descriptors.', 'ring.fullWaits'),
} as const satisfies Readonly<Record<string, Term>>;

/** What stands in the line of the lock. */
const lockTerms: readonly Term[] = [
	term(
		'qlock',
		'The spinlock of the control queue (ctrlq.qlock): taken to submit, to notify, and by the dequeue worker.',
		'lock.acquisitions',
		'lock.contended',
		'lock.spin.worker',
		'lock.spin.submitter',
	),
	term(
		'qlock waits',
		'Milliseconds a second in which somebody waits for ctrlq.qlock, as a recording shows it.',
		'lock.spin.total',
	),
	term('acq/s', "Returns of spin_lock on the queue's lock a second.", 'lock.acquisitions'),
	term('contended', 'Share of the acquisitions whose first try failed.', 'lock.contended'),
];

/**
The states of a vCPU, by their keys in `cpu.vcpus[i]`, with their columns.
The states of a vCPU sum to 1.
*/
export const vcpuTerms = {
	guest: term('guest', 'A vCPU on a host CPU, in guest code, not spinning.', 'cpu.vcpus[i].guest'),
	spin: term('spin', 'A vCPU on a host CPU, spinning on a lock.', 'cpu.vcpus[i].spin'),
	exit: term('exit', 'A vCPU on a host CPU, in KVM or QEMU.', 'cpu.vcpus[i].exit'),
	poll: term(
		'poll',
		'A vCPU on a host CPU, polling for an interrupt while its guest is halted (halt polling).',
		'cpu.vcpus[i].poll',
	),
	blocked: term('blkd', "A vCPU asleep on QEMU's big lock or on an eventfd (blocked).", 'cpu.vcpus[i].blocked'),
	idle: term('idle', 'A vCPU asleep in HLT.', 'cpu.vcpus[i].idle'),
	stolen: term('stoln', 'A vCPU that could run and is on no host CPU (stolen).', 'cpu.vcpus[i].stolen'),
} as const satisfies Readonly<Record<string, Term>>;

/** The titles of panels that hold more than one figure. */
export const panelTerms = {
	parameters: term(
		'Parameters',
		'The keys of the configuration with their present values; * is changed from the preset.',
	),
	changes: term('Changes', 'The last changes of parameters with their simulated times, newest first.'),
	lockCycle: term(
		'Lock: one cycle',
		"One real cycle of the control queue's lock, the one nearest to the medians of hold, doorbell and wait " +
			'among the last: who submits, the dequeue worker, who serves the device, the owner of the lock.',
		'lock.hold.mean',
		'lock.wait.mean',
	),
	frames: term(
		'Frames',
		'Frames shown of those that the first paced client asks for, and those missed.',
		'frames.<client>.perSecond',
		'frames.<client>.missed',
	),
	queues: term(
		'Queues and lock',
		'A row a queue, and the lock of the control queue: acquisitions, contention, and how long worker and ' +
			'submitters spin.',
		'ring.numFree.mean',
		'lock.spin.worker',
		'lock.spin.submitter',
	),
	cpus: term(
		'CPUs',
		'A row a vCPU with the shares of its states, and who serves the device. Where not all have room: the ' +
			'one that takes the interrupts, then those that spin most, then the busiest.',
		'cpu.vcpus[i].guest',
		'cpu.mainLoop',
	),
	stages: term(
		"Where a command's time goes",
		"The stages of a command's life in proportion, in groups, since the last change. They sum to the mean life.",
		'latency.mean',
	),
	recordingStages: term(
		'From publication to response',
		"The parts of a recorded command's time: to the interrupt, to the work function, its wait for qlock, to " +
			'the response.',
	),
	histogram: term(
		'Publication to response',
		'How often which time from publication to response was recorded, on a log scale.',
	),
	life: term(
		'Life of a command',
		'How often which time from due to response came since the last change; the outline is what it was before that.',
		'latency.p50',
		'latency.p99',
	),
	tailStages: term(
		'Slowest 1 %, mean',
		'The stages of the life of the commands at or above p99, as a cascade. A stage whose share is larger ' +
			'there than in the mean of all makes the tail.',
		'latency.stages.prepare.tail',
	),
	meanStages: term(
		'Mean of all',
		"The stages of a command's life as a cascade, since the last change.",
		'latency.stages.prepare.mean',
	),
	longestStages: term(
		'The longest',
		'The stages of the command that took longest since the last change.',
		'latency.max',
	),
	percentiles: term(
		'Percentiles',
		"Mean and percentiles of a command's time, of a run from due to response, of a recording from " +
			"publication on; Little's law beside them: rate x mean time in the ring = in flight.",
	),
	recordingMeans: term(
		'Where the time goes, mean',
		"The parts of a recorded command's time, from publication on, as a cascade.",
	),
	byCommand: term('By command', 'Share, mean, p50 and p99 of each kind of command.'),
	byClient: term('By client', "Share, mean, p50 and p99 of each client's commands."),
	byQueue: term('By queue', 'Share, mean, p50 and p99 of the commands of each queue.'),
	ringMemory: term(
		'Memory',
		'The words of the queue, index by index: descriptor table, avail ring and used ring (packed: the one ring), ' +
			'and the free list of the driver.',
	),
	heat: term(
		'Life over time',
		'How long the commands took that were answered in each column: a shade for the share of them in a quarter ' +
			'of an octave.',
		'latency.p50',
		'latency.p99',
	),
	recording: term('Recording', 'What the recording is: lines, events, what it lacks, what was lost.'),
	stream: term('Stream', 'What has come in so far: lines, events, what it lacks, what was lost.'),
	beside: term(
		'Recorded',
		'Figures of the recording and of the model over the same stretch, and how far the model is off.',
	),
} as const satisfies Readonly<Record<string, Term>>;

/** Groups of stages, as the bar shows them; `stages` are those of docs/contract.md, section 5. */
export const stageGroups = [
	{name: 'backlog', stages: ['backlog']},
	{name: 'prepare', stages: ['prepare']},
	{name: 'lock', stages: ['lockWait', 'workerLockWait']},
	{name: 'ring wait', stages: ['ringWait']},
	{name: 'doorbell', stages: ['submit', 'notifyDelay', 'doorbell']},
	{name: 'host wait', stages: ['hostWake', 'hostQueue']},
	{name: 'service', stages: ['service']},
	{name: 'fence', stages: ['fence']},
	{name: 'irq', stages: ['irqDelay']},
	{name: 'worker', stages: ['workerDelay']},
	{name: 'reap', stages: ['reap', 'response']},
] as const;

const groupTerms: readonly Term[] = stageGroups.map(({name, stages}) =>
	term(
		name,
		`Segment of the stage bar: ${stages.join(' + ')}.`,
		...stages.map(stage => `latency.stages.${stage}.mean`),
	),
);

/** The parts that a recording shows of a command's time, by their names in its figures. */
export const recordingStageTerms = {
	toIrq: term('doorbell, host', 'From publication to the interrupt: doorbell, host, device.'),
	workerDelay: term('worker wake-up', 'From the interrupt to the work function.', 'latency.stages.workerDelay.mean'),
	workerLockWait: term(
		'wait for qlock',
		"The dequeue worker's wait for the lock.",
		'latency.stages.workerLockWait.mean',
	),
	reap: term('reap, response', 'From the lock to the response.', 'latency.stages.reap.mean'),
} as const satisfies Readonly<Record<string, Term>>;

/** What the verdict row of a recording says; measured, without the model. */
export const recordingFindingTerms = {
	'no-commands': term(
		'no-commands',
		'No command was answered in this stretch of the recording: scroll to one with commands.',
	),
	'lock-waits': term(
		'lock-waits',
		'Somebody waits for ctrlq.qlock for 1 % of the time or more. How many of the waits meet a holder in its ' +
			'doorbell tells whether moving it out of the lock would help.',
		'lock.contentionShare',
	),
	'ring-full': term('ring-full', 'num_free was 0 at some time of this stretch of a recording.', 'ring.fullWaits'),
	tail: term('tail', 'p99 is five times the median or more.', 'latency.traced.p99'),
	steady: term(
		'steady',
		'Nothing stands out in this stretch of the recording: median, p99, and the part that takes most of the mean.',
	),
} as const satisfies Readonly<Record<string, Term>>;

/** Columns and rows of text reports whose names are no paths. */
const reportTerms: readonly Term[] = [
	term('completed/s', 'Commands completed a second.', 'throughput.completed'),
	term('worker ms/s', 'Milliseconds a second in which the dequeue worker spins.', 'lock.spin.worker'),
	term(
		'in band',
		'Share of the figures that lie in the measured range, widened by a tenth, or within 15 % of its median.',
	),
	term('factor', 'exp of the mean of |ln(predicted / median)|: 1.10 is 10 % off on average.'),
	term('bias', 'exp of the mean of ln(predicted / median): above 1 the model says too much.'),
	term('rank', "Spearman's rank correlation of predicted and measured figures over the cells."),
];

/** Every word that is no key, metric, stage, finding or view. */
export const terms: readonly Term[] = [
	...chartTerms,
	...Object.values(recordingChartTerms),
	...Object.values(queueTerms),
	...lockTerms,
	...Object.values(vcpuTerms),
	...Object.values(panelTerms),
	...groupTerms,
	...Object.values(recordingStageTerms),
	...Object.values(recordingFindingTerms),
	...reportTerms,
	...comparisonTerms,
	...pmemTerms,
];
