import {type Chart, type MetricChart} from './metric-chart.js';
import {type Direction, directionOf} from './metric-direction.js';
import {stages} from './stage-table.js';
import {type VerdictName} from './verdict-names.js';
import {pauses, waitWords} from './wait-table.js';

/** A metric (docs/contract.md, section 4), explained. */
export type Metric = {
	/** Path in the JSON of a run; `[i]`, `<client>`, `<holder>` and `<waiter>` stand for an index and names. */
	readonly path: string;
	readonly label: string;
	/** For narrow columns. */
	readonly short: string;
	/** Unit in JSON. */
	readonly unit: string;
	readonly meaning: string;
	/** Which values are the better ones; null: neither. */
	readonly better: Direction | null;
};

/** Where a command's life begins and ends (docs/contract.md, section 5, C0 and R). */
const life = 'From due (C0: an open command\'s intended arrival, the vblank for the first of a paced frame, a closed client\'s start on it) to its response callback returned (R)';

type Row = readonly [path: string, label: string, short: string, unit: string, meaning: string, chart?: MetricChart];

/** Verdicts that accuse time spent spinning; it is bad from 1 % of a CPU on. */
const spinning: readonly VerdictName[] = ['worker-spin', 'submitter-spin', 'spin-starves-host'];

/** Paths that the cursor queue has too, under `cursor.`. */
const queueRows: readonly Row[] = [
	['throughput.asked', 'Asked for', 'ask', 'per second', 'What closed clients begin, arrivals of open ones, a round a vblank of paced ones; refused and skipped ones included.'],
	['throughput.submitted', 'Submitted', 'sub', 'per second', 'Commands added to the ring.'],
	['throughput.completed', 'Throughput', 'thr', 'per second', 'Commands whose response step ended (cursor: reaped).', {
		rank: 1, title: 'Throughput', words: 'Commands completed a second of simulated time.', anchor: 'free', after: ' cmd/s',
	}],
	['kicks.perSecond', 'Doorbells', 'kicks', 'per second', 'Doorbell writes, forced ones included.'],
	['kicks.perCommand', 'Doorbells per command', 'kick/cmd', 'per command', 'Doorbell writes per submitted command.'],
	['kicks.suppressed', 'Kicks suppressed', 'suppr', 'per second', 'Calls of virtqueue_kick_prepare with something added that said no.'],
	['kicks.forced', 'Forced doorbells', 'forced', 'per second', 'Doorbells rung inside virtqueue_add because the ring lacked room, with the lock held.'],
	['irqs.perSecond', 'IRQ rate', 'irq', 'per second', 'Entries of the guest\'s handler.', {
		rank: 3, title: 'IRQ rate', words: 'Entries of the guest\'s interrupt handler a second.', anchor: 'free',
	}],
	['irqs.perCommand', 'IRQs per command', 'irq/cmd', 'per command', 'Entries of the guest\'s handler per completed command.'],
	['irqs.spurious', 'Spurious IRQs', 'spur', 'per second', 'Entries that found nothing used.'],
	['irqs.sent', 'MSIs sent', 'msi', 'per second', 'MSIs that the host stored; several may merge into one entry.'],
	['worker.runs', 'Worker runs', 'runs', 'per second', 'Entries of virtio_gpu_dequeue_ctrl_func.'],
	['worker.batch', 'Worker batch', 'batch', 'buffers', 'Buffers reaped per run of the worker.'],
	...distributionRows('worker.runTime', 'Worker run time', 'run', 'From the entry of virtio_gpu_dequeue_ctrl_func to its return.'),
	['worker.runTime.hogged', 'Long worker runs', 'hogs', 'per second', 'Runs of more than 10 ms, of which the kernel warns (workqueue: … hogged CPU).'],
	['worker.hogged', 'Long worker runs', 'hogs', 'per second', 'The same as worker.runTime.hogged.'],
	['lock.acquisitions', 'qlock acquired', 'acq', 'per second', 'Returns of spin_lock on the queue\'s lock.'],
	['lock.contended', 'qlock contended', 'cont', 'per second', 'Acquisitions whose first try failed.'],
	['lock.spin.worker', 'Worker spin', 'wspin', 'ms per second', 'Spinning of the dequeue worker, time preempted included, PV halts excluded.', {
		rank: 6,
		title: 'Spin',
		words: 'Milliseconds a second in which the dequeue worker, and the submitters, spin on the lock.',
		anchor: 'zero',
		name: 'worker',
		beside: [{path: 'lock.spin.submitter', name: 'submitter'}],
		blamedBy: {verdicts: spinning, paths: ['lock.spin.worker', 'lock.spin.submitter'], from: 10},
	}],
	['lock.spin.submitter', 'Submitter spin', 'sspin', 'ms per second', 'Spinning of the submitters, time preempted included, PV halts excluded.'],
	['lock.spin.total', 'Spin', 'spin', 'ms per second', 'Spinning of worker and submitters.'],
	['lock.halted', 'PV halts', 'halt', 'ms per second', 'Time that waiters for the lock spent halted (pv-qspinlock).'],
	['lock.contentionShare', 'Contention', 'cont', 'share of time', 'Time in which at least one CPU spins on the lock.', {
		rank: 2,
		title: 'Contention',
		words: 'Share of time in which at least one CPU spins on the lock of the control queue.',
		anchor: 'zero',
		room: ' a CPU spins',
		blamedBy: {verdicts: spinning, paths: ['lock.contentionShare'], from: 0.01},
	}],
	['lock.waits.workerOnNotify', 'Worker waits on notify', 'w-ntf', 'per second', 'The worker found the lock held by a CPU between start and return of its doorbell write.'],
	['lock.waits.workerOther', 'Worker waits, other', 'w-oth', 'per second', 'The worker found the lock held for another reason.'],
	['lock.waits.submitterOnNotify', 'Submitter waits on notify', 's-ntf', 'per second', 'A submitter found the lock held by a CPU between start and return of its doorbell write.'],
	['lock.waits.submitterOther', 'Submitter waits, other', 's-oth', 'per second', 'A submitter found the lock held for another reason.'],
	['lock.matrix.<holder>.<waiter>.count', 'Waits by holder and waiter', 'matrix', 'per second', 'Contended acquisitions by holder (submit, notify, doorbell, forced, worker) and waiter.'],
	['lock.matrix.<holder>.<waiter>.spin', 'Spin by holder and waiter', 'matrix', 'ms per second', 'Spinning by what the holder was in at the first failed try and by who waits.'],
	...distributionRows('lock.hold', 'qlock hold', 'hold', 'How long an acquisition held the lock, all acquisitions.'),
	...distributionRows('lock.wait', 'qlock wait', 'wait', 'How long a contended acquisition waited.'),
	['ring.numFree.mean', 'num_free', 'free', 'slots', 'Free slots of the ring, mean over time.', {
		rank: 4,
		title: 'num_free',
		words: 'Free descriptors of the control ring, mean over time, and the fewest since the last change. A larger ring helps only where the fewest are 0.',
		anchor: 'ring',
		least: 'ring.numFree.min',
		blamedBy: {verdicts: ['ring-full'], paths: ['ring.fullWaits']},
	}],
	['ring.numFree.min', 'num_free, least', 'free min', 'slots', 'Fewest free slots. Above 0, a larger ring changes nothing.'],
	['ring.numFree.max', 'num_free, most', 'free max', 'slots', 'Most free slots.'],
	['ring.numFree.atAdd', 'num_free at add', 'free add', 'slots', 'Free slots that a submitter found, mean over adds.'],
	['ring.inFlight.mean', 'In flight', 'in fl', 'commands', 'Commands added and not reaped, mean over time.'],
	['ring.inFlight.max', 'In flight, most', 'in fl max', 'commands', 'Most commands added and not reaped.'],
	['ring.fullWaits', 'Ring-full sleeps', 'full', 'per second', 'Sleeps on ack_queue for room.'],
	['ring.busyErrors', 'Busy errors', 'busy', 'per second', 'Commands refused and dropped (driver.fullRing=busy-error).'],
	['latency.mean', 'Life, mean', 'mean', 'us', `${life}, mean; exact.`, {
		rank: 5,
		title: 'Latency',
		words: 'Mean life of the commands that ended, from due to response returned.',
		anchor: 'zero',
		isSince: true,
		before: 'mean ',
		blamedBy: {verdicts: ['fence-poll', 'worker-late'], paths: ['latency.mean']},
	}],
	['latency.p50', 'Life p50', 'p50', 'us', `${life}, median within 1 %.`],
	['latency.p90', 'Life p90', 'p90', 'us', `${life}: 90 % of commands take this time or less.`],
	['latency.p99', 'Life p99', 'p99', 'us', `${life}: 99 % of commands take this time or less.`],
	['latency.p999', 'Life p99.9', 'p99.9', 'us', `${life}: 99.9 % of commands take this time or less.`],
	['latency.max', 'Life, longest', 'max', 'us', `${life}, the longest; exact.`],
	...distributionRows('latency.traced', 'Traced life', 'traced', 'From publication to response: what the guest\'s tracepoints show.'),
	['latency.count', 'Commands measured', 'n', 'commands', 'Commands whose life ended in the measured time.'],
	['latency.unfinished', 'Unfinished commands', 'unfin', 'commands', 'Without a response and at the end older than 10 x the median response; percentiles and the longest life hold their ages.'],
	...stages.flatMap(({name, from, to, meaning}): readonly Row[] => [
		[`latency.stages.${name}.mean`, name, name, 'us', `${meaning} From ${from} to ${to}, mean.`],
		[`latency.stages.${name}.share`, `${name} share`, name, 'share of latency.mean', `${meaning} Its part of the mean life.`],
		[`latency.stages.${name}.tail`, `${name} tail`, name, 'us', `${meaning} Mean over the commands at or above p99.`],
	]),
	...waitWords.flatMap(({name, meaning}): readonly Row[] => [
		[`latency.waits.${name}.mean`, `${name} wait`, name, 'us', `${meaning} Mean.`],
		[`latency.waits.${name}.share`, `${name} wait share`, name, 'share of latency.mean', `${meaning} Its part of the mean life.`],
		[`latency.waits.${name}.tail`, `${name} wait tail`, name, 'us', `${meaning} Mean over the commands at or above p99.`],
	]),
];

const machineRows: readonly Row[] = [
	['exits.perSecond', 'VM exits', 'exits', 'per second', 'VM exits of all kinds; null under tcg, which has none.'],
	['exits.perCommand', 'VM exits per command', 'exit/cmd', 'per command', 'VM exits per completed command; null under tcg.'],
	['exits.user', 'Exits to QEMU', 'user', 'per second', 'VM exits that went to user space; null under tcg.'],
	['exits.kernel', 'Exits in KVM', 'kernel', 'per second', 'VM exits that KVM handled itself; null under tcg.'],
	['exits.halt', 'Halts', 'halt', 'per second', 'VM exits by HLT, of idle vCPUs and PV waiters; null under tcg.'],
	['exits.pause', 'PAUSE exits', 'pause', 'per second', 'VM exits by pause-loop exiting (host.ple); null under tcg.'],
	['bql.waitPerSecond', 'BQL wait', 'bql', 'ms per second', 'From a failed lock of the BQL to its acquisition, all threads; null with a VMM that has none (crosvm, libkrun).'],
	['bql.holdShare', 'BQL held', 'bqlh', 'share of time', 'Time in which somebody owns the BQL; null with a VMM that has none.'],
	['bql.byHolder.mainLoop', 'BQL held by the main loop', 'bqlh ml', 'share of time', 'Time in which the main loop owns the BQL; null with a VMM that has none.'],
	['bql.byHolder.vcpus', 'BQL held by vCPUs', 'bqlh v', 'share of time', 'Time in which a vCPU thread owns the BQL; null with a VMM that has none.'],
	['bql.byHolder.other', 'BQL held by others', 'bqlh o', 'share of time', 'Time in which other users own the BQL (host.bql.rate); null with a VMM that has none.'],
	['cpu.vcpus[i].guest', 'vCPU guest', 'guest', 'share of time', 'On a host CPU in guest code that does not spin.'],
	['cpu.vcpus[i].spin', 'vCPU spin', 'spin', 'share of time', 'On a host CPU and spinning on a lock.'],
	['cpu.vcpus[i].exit', 'vCPU exit', 'exit', 'share of time', 'On a host CPU in KVM or QEMU.'],
	['cpu.vcpus[i].poll', 'vCPU poll', 'poll', 'share of time', 'Halted, and on a host CPU that polls for an interrupt (halt polling).'],
	['cpu.vcpus[i].blocked', 'vCPU blocked', 'block', 'share of time', 'Asleep on the BQL or an eventfd.'],
	['cpu.vcpus[i].idle', 'vCPU idle', 'idle', 'share of time', 'Asleep in HLT. From the moment of its wake-up it is stolen until it gets a host CPU.'],
	['cpu.vcpus[i].stolen', 'vCPU stolen', 'stolen', 'share of time', 'Runnable, on no host CPU, whatever it was doing before. The seven shares of a vCPU sum to 1.'],
	['cpu.vcpusBusy', 'vCPUs busy', 'vbusy', 'CPUs', 'Sum of guest, spin, exit and poll over the vCPUs: the on-CPU time of their threads.'],
	['cpu.mainLoop', 'Main loop busy', 'loop', 'share of time', 'Who serves the device on a host CPU: QEMU\'s main loop, or the thread of another backend; 0 when it is hardware.'],
	...pauses.flatMap(({name, label, meaning}): readonly Row[] => [
		[`pauses.${name}.perSecond`, label, name, 'per second', `${meaning} How often one begins.`],
		[`pauses.${name}.share`, `${label}, share`, name, 'share of time', `${meaning} Their part of the time.`],
		[`pauses.${name}.completed`, `${label}, throughput`, name, 'per second', `${meaning} Responses of both queues per second of such a pause.`],
		[`pauses.${name}.longest`, `${label}, longest`, name, 'us', `${meaning} The longest, one that lasts at the end included; null without one.`],
		[`pauses.${name}.at`, `${label}, start`, name, 's', `${meaning} When the longest began, simulated time.`],
	]),
	['frames.<client>.perSecond', 'Frames shown', 'fps', 'per second', 'Vblanks with a frame that was whole (all responses and fences) since the last one; null without paced clients.'],
	['frames.<client>.missed', 'Frames missed', 'miss', 'per second', 'Vblanks that came without one, skipped ones included: with frames.<client>.perSecond all vblanks.'],
	...distributionRows('frames.<client>.time', 'Frame time', 'frame', 'From the vblank at which a frame begins to its last response.'),
];

function distributionRows(path: string, label: string, short: string, meaning: string): readonly Row[] {
	return ['mean', 'p50', 'p90', 'p99', 'max'].map(name => [`${path}.${name}`, `${label} ${name}`, `${short} ${name}`, 'us', meaning]);
}

function metric([path, label, short, unit, meaning]: Row): Metric {
	return {
		path, label, short, unit, meaning, better: directionOf(path),
	};
}

/** Every path of docs/contract.md, section 4: control queue first, then the machine, then the cursor queue. */
export const metrics: readonly Metric[] = [
	...queueRows.map(row => metric(row)),
	...machineRows.map(row => metric(row)),
	...queueRows.map(([path, label, short, unit, meaning]) =>
		metric([`cursor.${path}`, `Cursor ${label}`, `c ${short}`, unit, `Cursor queue: ${meaning}`])),
];

/** What is drawn over time, in the order in which charts find room. */
export const charts: readonly Chart[] = [...queueRows, ...machineRows]
	.flatMap(({0: path, 5: chart}): readonly Chart[] => chart === undefined ? [] : [{...chart, path}])
	.toSorted((a, b) => a.rank - b.rank);

const byPath: ReadonlyMap<string, Metric> = new Map(metrics.map(entry => [entry.path, entry]));

/** The metric of a path, an index or a client's name in place of `[i]` or `<client>` included. */
export function metricOf(path: string): Metric | undefined {
	const general = path
		.replace(/^cpu\.vcpus\[\d+\]/v, 'cpu.vcpus[i]')
		.replace(/^frames\..+\.(perSecond|missed|time\.\w+)$/v, 'frames.<client>.$1')
		.replace(/lock\.matrix\.(?:submit|notify|doorbell|forced|worker)\.(?:submit|notify|worker)\./v, 'lock.matrix.<holder>.<waiter>.');
	return byPath.get(path) ?? byPath.get(general);
}
