import {type GuestRecording, type RecordedKick} from '../trace/recording/guest-recording.js';
import {tick} from '../trace/recording/samples.js';
import {type ClientSteps, placeOf} from './client-steps.js';
import {type Finding} from './finding.js';

export type LockPolicy = 'kick-under-lock' | 'kick-after-unlock' | 'kick-batched' | 'kick-batched-under-lock';

/**
Looks at a place of a loop from which it shows whether the client rings there, and the shares of
them that ring for no and for yes.
*/
const fewestLooks = 3;
const hardlyEver = 0.2;
const nearlyAlways = 0.8;

/**
Doorbells whose place against the worker's runs tells whether the lock was held, and the
share of them that must agree.
*/
const fewestOverlaps = 5;
const agreement = 0.9;

/**
Where the doorbell is rung. Whether the lock is held then is the preemption depth at vp_notify,
where the kernel counts it; without it, whether the worker gets through while a doorbell is under
way. Whether the driver batches is told by commands that found the host idle: it had popped all, so
avail_event asks for the next one, and a driver that rings for each command rings. One that does not
is batching; a doorbell that event indices suppressed says nothing. Where that does not decide,
kernels do: up to 5.4 under the lock, 5.5 and 5.6 after it, then batched.
*/
export function lockPolicyOf(
	recording: GuestRecording,
	clients: readonly ClientSteps[],
	eventIdx: boolean,
): Finding<LockPolicy> {
	const kicks = recording.kicks.filter(({queue, forced}) => queue === 0 && !forced);
	const held = heldAt(recording, kicks);
	const batching = batchingOf(recording, clients, eventIdx);
	if (held === null) {
		const onNotify = recording.waits.filter(({holder}) => holder === 'in_notify').length;
		if (onNotify > 0) {
			return {
				value: 'kick-under-lock',
				kind: 'measured',
				how: `${onNotify} waits for a holder inside virtqueue_notify`,
			};
		}

		return batching?.batches === true
			? {value: 'kick-batched', kind: 'inferred', how: batching.how}
			: {value: 'kick-batched', kind: 'default', how: 'not in the recording; Linux 5.7 or later'};
	}

	const kind = held.isMeasured ? 'measured' : 'inferred';
	if (held.under) {
		return batching?.batches === true
			? {value: 'kick-batched-under-lock', kind: 'inferred', how: `${held.how}; ${batching.how}`}
			: {value: 'kick-under-lock', kind, how: held.how};
	}

	if (batching !== null) {
		return batching.batches
			? {value: 'kick-batched', kind, how: `${held.how}; ${batching.how}`}
			: {value: 'kick-after-unlock', kind: 'inferred', how: `${held.how}; ${batching.how}`};
	}

	if (recording.kicks.some(({forced, queue}) => forced && queue === 0)) {
		return {
			value: 'kick-after-unlock',
			kind: 'inferred',
			how: `${held.how}; virtqueue_add rang the doorbell, as up to Linux 5.6`,
		};
	}

	const isRecent = recording.commands.some(({numFree}) => numFree !== null);
	return {
		value: 'kick-batched',
		kind: 'uncertain',
		how:
			`${held.how}; no command but those with a doorbell found the host idle; ` +
			`${isRecent ? 'num_free in the events: Linux 6.3 or later, which batches unless it was patched' : 'Linux 5.7 and later batch, 5.5 and 5.6 do not'}`,
		alternatives: ['kick-batched', 'kick-after-unlock'],
	};
}

type Held = {readonly under: boolean; readonly isMeasured: boolean; readonly how: string};

/** Whether doorbells are rung with the lock held; null where the recording does not show it. */
function heldAt(recording: GuestRecording, kicks: readonly RecordedKick[]): Held | null {
	const known = kicks.filter(({underLock}) => underLock !== null);
	// The tracepoint of a publication is under the lock: a kernel that does not show it there does
	// not count (CONFIG_PREEMPT_COUNT).
	const isCounted = recording.commands.some(({underLock}) => underLock === true);
	if (known.length > 0 && isCounted) {
		const under = known.filter(({underLock}) => underLock === true).length > known.length / 2;
		return {
			under,
			isMeasured: true,
			how: `${known.length} doorbells, the lock ${under ? 'held' : 'not held'} (preemption depth)`,
		};
	}

	let through = 0;
	let after = 0;
	const runs = recording.runs.filter(({queue, responses}) => queue === 0 && responses.length > 0);
	let next = 0;
	for (const {start, end} of kicks) {
		while (next < runs.length && runs[next].start < start) {
			next++;
		}

		const run = runs[next];
		// It came in the middle of the doorbell, long enough before its end to take the
		// lock and buffers from the ring.
		if (run !== undefined && run.start > start && run.start < end - tick) {
			through += run.responses[0].time < end - tick ? 1 : 0;
			after += run.responses[0].time >= end ? 1 : 0;
		}
	}

	const all = through + after;
	if (all < fewestOverlaps || Math.max(through, after) < agreement * all) {
		return null;
	}

	return after > through
		? {
				under: true,
				isMeasured: false,
				how: `${after} of ${all} runs of the worker that began inside a doorbell took nothing before its end`,
			}
		: {
				under: false,
				isMeasured: false,
				how: `${through} of ${all} runs of the worker that began inside a doorbell took buffers before its end`,
			};
}

/**
Whether clients leave out the doorbell where it was asked for; null where no such place shows.
*/
function batchingOf(
	recording: GuestRecording,
	clients: readonly ClientSteps[],
	eventIdx: boolean,
): {readonly batches: boolean; readonly how: string} | null {
	const idle = idleCommands(recording);
	let ringing = 0;
	let looks = 0;
	let undecided = 0;
	for (const {client, loop} of clients) {
		if (client.queue !== 0 || !recording.hasProbes) {
			continue;
		}

		const asked = loop.types.map(() => 0);
		const rang = loop.types.map(() => 0);
		const own = recording.kicks.filter(kick => kick.thread === client.thread && kick.queue === 0);
		let at = 0;
		for (let index = 0; index + 1 < client.commands.length; index++) {
			const command = client.commands[index];
			const until = client.commands[index + 1].index;
			while (at < own.length && own[at].after <= command.index) {
				at++;
			}

			if (!eventIdx || idle.has(command.index)) {
				const place = placeOf(index, loop);
				asked[place]++;
				rang[place] += at < own.length && own[at].after <= until ? 1 : 0;
			}
		}

		const silent = asked.findIndex((count, place) => count >= fewestLooks && rang[place] <= hardlyEver * count);
		if (silent !== -1 && rang.some(count => count > 0)) {
			return {
				batches: true,
				how:
					`${asked[silent] - rang[silent]} of ${asked[silent]} commands at one place of the loop rang no ` +
					'doorbell though the host was idle',
			};
		}

		for (const [place, count] of asked.entries()) {
			undecided += count < fewestLooks || rang[place] < nearlyAlways * count ? 1 : 0;
			ringing += rang[place];
			looks += count;
		}
	}

	// With one command a round the driver rings after each in both cases.
	const isTelling = clients.some(({client, loop}) => client.queue === 0 && loop.types.length > 1);
	return isTelling && looks > 0 && undecided === 0
		? {
				batches: false,
				how:
					`${ringing} of ${looks} commands that found the host idle rang at once, at every place of the ` +
					'loop',
			}
		: null;
}

/** Commands of the control queue, by index, before which all others had been answered. */
function idleCommands({commands}: GuestRecording): ReadonlySet<number> {
	const found = new Set<number>();
	let answered = -Infinity;
	for (const {queue, index, published, responded} of commands) {
		if (queue === 0) {
			if (answered <= published) {
				found.add(index);
			}

			answered = Math.max(answered, responded ?? Infinity);
		}
	}

	return found;
}
