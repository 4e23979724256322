import {commands} from '../../devices/gpu/commands.js';
import {gpu} from '../../devices/gpu/profile.js';
import {type GuestRecording, type RecordedCommand, type RecordedWait} from '../../trace/recording/guest-recording.js';
import {
	type Actor,
	type CommandLife,
	type Excerpt,
	type Hold,
	type Moment,
	type Ring,
	type Segment,
	type Track,
	type TrackState,
	type Wait,
} from '../../tracking/excerpt.js';

/** Something that a CPU was seen to do; times in ns. What ranks higher hides what is under it. */
type Seen = {readonly start: number; readonly end: number; readonly state: TrackState; readonly rank: number};

const ranks = {run: 1, exit: 2, spin: 3, irq: 4} as const;

/** Who is in a recording, by pid, numbered as they come. */
class Cast {
	readonly actors: Actor[] = [];
	private readonly numbers = new Map<number, number>();

	of(pid: number, name: string, letter: string): number {
		const known = this.numbers.get(pid);
		if (known !== undefined) {
			return known;
		}

		this.numbers.set(pid, this.actors.length);
		this.actors.push({
			name,
			letter,
			side: 'guest',
			vcpu: -1,
		});
		return this.actors.length - 1;
	}
}

/** What hides what, as segments one after the other; between them nothing is known. */
function flattened(seen: readonly Seen[]): readonly Segment[] {
	const edges = seen
		.flatMap(one => [
			{time: one.start, one, by: 1},
			{time: one.end, one, by: -1},
		])
		.toSorted((a, b) => a.time - b.time);
	const open = new Map<TrackState, {count: number; readonly rank: number}>();
	const segments: Segment[] = [];
	let since = 0;
	for (const {time, one, by} of edges) {
		const [top] = [...open].filter(([, {count}]) => count > 0).toSorted(([, a], [, b]) => b.rank - a.rank);
		if (top !== undefined && time > since) {
			segments.push({
				start: since,
				end: time,
				state: top[0],
				actor: -1,
			});
		}

		since = time;
		const entry = open.get(one.state) ?? {count: 0, rank: one.rank};
		entry.count += by;
		open.set(one.state, entry);
	}

	return segments;
}

/** The lane of each CPU: interrupts, runs of the work, waits, doorbells. */
function cpuTracks(guest: GuestRecording, waits: readonly RecordedWait[]): readonly Track[] {
	const cpus = new Map<number, Seen[]>();
	const add = (cpu: number, start: number, end: number | null, state: keyof typeof ranks): void => {
		if (cpu >= 0 && end !== null && end > start) {
			const seen = cpus.get(cpu) ?? [];
			seen.push({
				start,
				end,
				state,
				rank: ranks[state],
			});
			cpus.set(cpu, seen);
		}
	};

	for (const {cpu, entry, queued, exit} of guest.irqs) {
		add(cpu, entry, exit ?? queued, 'irq');
	}

	for (const {cpu, start, end} of guest.runs) {
		add(cpu, start, end, 'run');
	}

	for (const {cpu, start, end} of guest.kicks) {
		add(cpu, start, end, 'exit');
	}

	const cpuOf = placesOf(guest);
	for (const {pid, start, end, who} of waits) {
		add(cpuOf(pid, start, who === 'worker'), start, end, 'spin');
	}

	return [...cpus]
		.toSorted(([a], [b]) => a - b)
		.map(([index, seen]) => ({kind: 'vcpu', index, segments: flattened(seen)}));
}

/**
Where a thread was at a time: the worker where its work ran, a submitter where it published last.
*/
function placesOf({runs, commands: all}: GuestRecording): (pid: number, time: number, isWorker: boolean) => number {
	const byPid = new Map<number, RecordedCommand[]>();
	for (const command of all) {
		const own = byPid.get(command.pid) ?? [];
		own.push(command);
		byPid.set(command.pid, own);
	}

	const starts = runs.map(({start}) => start);
	return (pid, time, isWorker) =>
		isWorker
			? (runs[lastBefore(starts, time)]?.cpu ?? -1)
			: (byPid.get(pid)?.findLast(({published}) => published <= time)?.cpu ?? -1);
}

/** Index of the last of sorted times that is not after a time; -1 for none. */
function lastBefore(times: readonly number[], time: number): number {
	let [low, high] = [0, times.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (times[middle] <= time) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low - 1;
}

function livesOf(guest: GuestRecording, cast: Cast): CommandLife[] {
	const numbers = [0, 0];
	const {kicks} = guest;
	const irqs = [0, 1].map(queue => guest.irqs.filter(irq => irq.queue === queue).map(({entry}) => entry));
	let next = 0;
	return guest.commands.map(({index, queue, type, pid, thread, published, responded}) => {
		while (next < kicks.length && kicks[next].after <= index) {
			next++;
		}

		const end = responded ?? Infinity;
		const kick = kicks[next];
		const times = irqs[queue] ?? [];
		const irq = responded === null ? -1 : (times[lastBefore(times, responded)] ?? -1);
		return {
			number: numbers[queue]++,
			queue,
			type: commands.findIndex(({code}) => code === type),
			thread: cast.of(pid, thread, 'S'),
			started: -1,
			published,
			rung: kick !== undefined && kick.start >= published && kick.start < end ? kick.start : -1,
			delivered:
				kick !== undefined && kick.isReturned && kick.end < end && kick.start >= published ? kick.end : -1,
			popped: -1,
			serviceStart: -1,
			fenced: -1,
			used: -1,
			irq: irq >= published ? irq : -1,
			reaped: -1,
			responded: responded ?? -1,
		};
	});
}

/** What a guest's recording shows, as an excerpt: what it cannot show is left out, and said. */
export function recordedExcerpt(guest: GuestRecording): Excerpt {
	const cast = new Cast();
	const {kicks, waits: marked, irqs, runs} = guest;
	const lives = livesOf(guest, cast);
	const rings = kicks.map(({queue, pid, thread, cpu, start, end, forced}): Ring => ({
		queue,
		actor: cast.of(pid, thread, 'S'),
		vcpu: cpu,
		start,
		end,
		forced,
	}));
	// Who rings with the lock held holds it that long at least.
	const holds = kicks.flatMap(({queue, pid, thread, cpu, start, end, underLock, isReturned}): Hold[] =>
		isReturned &&
		(underLock ?? marked.some(wait => wait.holder === 'in_notify' && wait.start < end && wait.end > start))
			? [
					{
						resource: queue,
						actor: cast.of(pid, thread, 'S'),
						start,
						end,
						role: 'submit',
						vcpu: cpu,
					},
				]
			: [],
	);
	const waits = marked.map(({who, holder, thread, pid, start, end}): Wait => ({
		resource: 0,
		queue: 0,
		actor: cast.of(pid, thread, who === 'worker' ? 'W' : 'S'),
		start,
		end,
		isOpen: false,
		met: holder,
	}));
	const moments = irqs.map(({queue, cpu, entry}): Moment => ({
		kind: 'irq',
		time: entry,
		queue,
		of: cpu,
	}));
	const owned = holds
		.filter(({resource}) => resource === 0)
		.map(({start, end, actor}): Segment => ({
			start,
			end,
			state: 'owned',
			actor,
		}));
	const missing = [
		"the host's side (main loop, BQL)",
		...(guest.hasWaits ? [] : ['waits for qlock (marks or contention events)']),
		...(kicks.length > 0 ? [] : ['doorbells (kprobe notify_in)']),
		...(irqs.length > 0 ? [] : ['interrupts (irq_handler_entry)']),
		...(runs.length > 0 ? [] : ['the worker (workqueue_execute_start)']),
	];
	return {
		from: Math.max(0, guest.start),
		to: guest.end,
		cast: cast.actors,
		resources: gpu.queues.map(({lockName}) => ({kind: 'qlock', name: lockName})),
		tracks: [
			...cpuTracks(guest, marked),
			...(owned.length > 0 ? [{kind: 'lock', index: 0, segments: owned} as const] : []),
		],
		waits: waits.toSorted((a, b) => a.end - b.end),
		holds: holds.toSorted((a, b) => a.end - b.end),
		rings,
		commands: lives,
		moments,
		free: guest.commands.flatMap(({published, queue, numFree}) =>
			numFree === null ? [] : [{time: published, queue, free: numFree}],
		),
		operations: [],
		typeNames: commands.map(({name}) => name),
		queueNames: gpu.queues.map(({name}) => name),
		sizes: gpu.queues.map(() => 0),
		serverName: 'the host',
		serverActor: -1,
		missing: `not recorded: ${missing.join(', ')}`,
	};
}
