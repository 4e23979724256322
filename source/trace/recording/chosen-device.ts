import {type DeviceRecording} from './machine-recording.js';
import {type RecordedIrq, type RecordedKick, type RecordedRun, type RecordedWait} from './recorded.js';

/** Which parts of a recording stand for what, in words. */
export type RoleWords = {readonly used: readonly string[]; readonly warnings: readonly string[]};

/** What was chosen of a recording, in the order of time. */
export type ChosenDevice = {
	readonly device: DeviceRecording;
	readonly kicks: readonly RecordedKick[];
	readonly irqs: readonly RecordedIrq[];
	readonly runs: readonly RecordedRun[];
	readonly waits: readonly RecordedWait[];
	readonly words: RoleWords;
};

/** Puts together what belongs to one device; `others` names those that are left out. */
export function chosenDevice(device: DeviceRecording, others: readonly string[]): ChosenDevice {
	const {machine, number, commands} = device;
	const name = (record: {thread: string; readonly pid: number}): void => {
		record.thread = machine.threads.nameOf(record.pid);
	};

	const all = [...machine.strayKicks.filter(({pid}) => device.submitters.has(pid)), ...device.kicks].toSorted(
		(a, b) => a.start - b.start,
	);
	// Virtqueue_notify calls the transport's function: of two probes one counts.
	const kicks = all.some(kick => kick.function !== 'virtqueue_notify')
		? all.filter(kick => kick.function !== 'virtqueue_notify')
		: all;
	const waits = machine.lockWaits.hasMarks ? machine.lockWaits.waits : contentionWaits(device, kicks);
	for (const list of [commands, kicks, waits, machine.sleeps]) {
		for (const record of list) {
			name(record);
		}
	}

	const empty = machine.works.empty.flatMap(({work, run}) => {
		const queue = machine.roles.drains(work, number);
		return queue === null ? [] : [{...run, queue}];
	});
	const runs = [...device.runs, ...empty].toSorted((a, b) => a.start - b.start);
	const lines = new Map<string, number>();
	const irqs = irqsOf(device, lines);
	return {
		device,
		kicks,
		irqs,
		runs,
		waits,
		words: roleWords({
			device,
			kicks,
			irqs,
			runs,
			lines,
			others,
		}),
	};
}

/**
Waits of a device's workers and submitters, by contention events. The holder is inside
virtqueue_notify when another thread rings with the lock held.
*/
function contentionWaits(
	{machine, number, submitters}: DeviceRecording,
	kicks: readonly RecordedKick[],
): readonly RecordedWait[] {
	const waits: RecordedWait[] = [];
	const ringing = kicks.filter(({queue, underLock, isReturned}) => queue === 0 && underLock === true && isReturned);
	let next = 0;
	// Those before `next` ended before anything that is still to come.
	for (const {pid, work, start, end} of machine.lockWaits.contentions.toSorted((a, b) => a.start - b.start)) {
		const isOwn = work === null ? submitters.has(pid) : machine.roles.drains(work, number) !== null;
		if (!isOwn) {
			continue;
		}

		while (next < ringing.length && ringing[next].end < start) {
			next++;
		}

		let isRinging = false;
		for (let at = next; at < ringing.length && ringing[at].start <= start && !isRinging; at++) {
			isRinging = ringing[at].end >= start && ringing[at].pid !== pid;
		}

		waits.push({
			who: work === null ? 'submit' : 'worker',
			holder: isRinging ? 'in_notify' : 'none',
			thread: '',
			pid,
			start,
			end,
		});
	}

	return waits;
}

/** The interrupts of a device's queues; `lines` gets their number by interrupt line. */
function irqsOf({machine, number}: DeviceRecording, lines: Map<string, number>): readonly RecordedIrq[] {
	const irqs: RecordedIrq[] = [];
	const {roles} = machine;
	for (const [line, raws] of machine.works.irqs) {
		const usual = roles.queueOfLine(line, number);
		if (usual === null) {
			continue;
		}

		const before = irqs.length;
		for (const {cpu, isIdle, entry, exit, isHandled, works: inside} of raws) {
			const drained = (inside ?? []).flatMap(({work, time}) => {
				const queue = roles.drains(work, number);
				return queue === null ? [] : [{queue, time}];
			});
			for (const {queue, time} of drained) {
				irqs.push({
					queue,
					cpu,
					isIdle,
					entry,
					queued: time,
					exit,
				});
			}

			// A line that several devices share asks each of them.
			if (drained.length === 0 && isHandled) {
				irqs.push({
					queue: usual,
					cpu,
					isIdle,
					entry,
					queued: null,
					exit,
				});
			}
		}

		if (irqs.length > before) {
			lines.set(`irq ${line.irq} (${line.action})`, irqs.length - before);
		}
	}

	return irqs.toSorted((a, b) => a.entry - b.entry);
}

type Parts = {
	readonly device: DeviceRecording;
	readonly kicks: readonly RecordedKick[];
	readonly irqs: readonly RecordedIrq[];
	readonly runs: readonly RecordedRun[];
	readonly lines: ReadonlyMap<string, number>;
	readonly others: readonly string[];
};

function roleWords({device, kicks, irqs, runs, lines, others}: Parts): RoleWords {
	const {machine, number} = device;
	const used: string[] = [];
	const warnings: string[] = [];
	const from = machine.name === '' ? '' : ` of ${machine.name}`;
	if (others.length > 0) {
		used.push(
			`device: virtio${number} (vdev=${number})${from}, the ${device.commands.length} commands of which ` +
				`are used; also in the recording: ${others.join(', ')}: --device NAME picks one`,
		);
	}

	for (const [name, names] of machine.doorbells.probes) {
		const own = kicks.filter(kick => kick.function === name);
		if (own.length > 0) {
			used.push(
				`doorbells: ${own.length} of ${name}, by ${[...names].join(' and ')}, ` +
					`${own.filter(({isReturned}) => isReturned).length} with their return`,
			);
		} else {
			used.push(
				`seen, not used: a probe on ${name} (${[...names].join(', ')}), which rings for other devices ` +
					'or is inside another probe',
			);
		}
	}

	if (irqs.length > 0) {
		used.push(`interrupts: ${[...lines].map(([line, count]) => `${count} of ${line}`).join(', ')}`);
	}

	const functions = new Set(
		[...machine.roles.works.values()]
			.filter(work => machine.roles.drains(work, number) !== null)
			.map(work => (work.function === '' ? 'a work without a name' : work.function)),
	);
	if (runs.length > 0) {
		used.push(`worker: ${runs.length} runs of ${[...functions].join(', ')}`);
	}

	if (kicks.length > 0 && kicks.every(({isReturned}) => !isReturned)) {
		warnings.push(
			'the doorbells have no return in the recording: what they cost is left at its defaults; probe the ' +
				'return as well (r:notify_out vp_notify, perf probe vp_notify%return)',
		);
	}

	return {used, warnings};
}
