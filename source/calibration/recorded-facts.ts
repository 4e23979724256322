import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type Facts, type LockFacts} from './facts.js';
import {type RecordedClient} from './recorded-client.js';

/**
The facts of a recording, from the first to the last command of its clients on their main queue.
*/
export function recordedFacts(recording: GuestRecording, clients: readonly RecordedClient[]): Facts {
	const count = (queue: number): number =>
		clients.filter(client => client.queue === queue).flatMap(({commands}) => commands).length;
	const queue = count(0) >= count(1) ? 0 : 1;
	const commands = clients
		.filter(client => client.queue === queue)
		.flatMap(client => client.commands)
		.toSorted((a, b) => a.published - b.published);
	const start = commands[0]?.published ?? 0;
	const end = commands.at(-1)?.published ?? 0;
	let last = end;
	for (const {responded} of commands) {
		last = Math.max(last, responded ?? 0);
	}

	const span = end - start;
	// Other virtio devices ring with the same function.
	const own = new Set(recording.commands.map(({thread}) => thread));
	const within = (time: number): boolean => time >= start && time <= last;
	const irqs = recording.irqs.filter(irq => irq.queue === queue && within(irq.entry)).length;
	const kicks = recording.kicks.filter(
		kick => kick.queue === queue && own.has(kick.thread) && within(kick.start),
	).length;
	return {
		queue,
		commands: commands.length,
		span,
		throughput: span > 0 ? (commands.length - 1) / (span / 1e9) : 0,
		latencies: commands
			.filter(({responded}) => responded !== null)
			.map(({published, responded}) => (responded ?? 0) - published)
			.toSorted((a, b) => a - b),
		kicksPerCommand: recording.hasProbes ? kicks / commands.length : null,
		irqsPerCommand: recording.irqs.length > 0 ? irqs / commands.length : null,
		numFree: commands.flatMap(({numFree}) => (numFree === null ? [] : [numFree])).toSorted((a, b) => a - b),
		lock: lockFacts(recording, start, end),
	};
}

/** Null where the recording has neither the driver's marks nor contention events. */
function lockFacts({waits, hasWaits}: GuestRecording, from: number, to: number): LockFacts | null {
	if (!hasWaits || to <= from) {
		return null;
	}

	const second = (to - from) / 1e9;
	const sums = {
		worker: 0,
		submitter: 0,
		waits: 0,
		onNotify: 0,
	};
	for (const {who, holder, start, end} of waits) {
		const waited = Math.min(end, to) - Math.max(start, from);
		if (waited >= 0) {
			sums[who === 'worker' ? 'worker' : 'submitter'] += waited / 1e6 / second;
			sums.waits += 1 / second;
			sums.onNotify += holder === 'in_notify' ? 1 / second : 0;
		}
	}

	return sums;
}
