import {type Facts} from './facts.js';
import {type GuestRecording} from './guest-recording.js';
import {type RecordedClient} from './recorded-client.js';

/** The facts of a recording, from the first to the last command of its clients on their main queue. */
export function recordedFacts(recording: GuestRecording, clients: readonly RecordedClient[]): Facts {
	const count = (queue: number): number => clients.filter(client => client.queue === queue).flatMap(({commands}) => commands).length;
	const queue = count(0) >= count(1) ? 0 : 1;
	const commands = clients.filter(client => client.queue === queue).flatMap(client => client.commands).toSorted((a, b) => a.published - b.published);
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
	const kicks = recording.kicks.filter(kick => kick.queue === queue && own.has(kick.thread) && within(kick.start)).length;
	return {
		queue,
		commands: commands.length,
		span,
		throughput: span > 0 ? (commands.length - 1) / (span / 1e9) : 0,
		latencies: commands.filter(({responded}) => responded !== null).map(({published, responded}) => (responded ?? 0) - published).toSorted((a, b) => a - b),
		kicksPerCommand: recording.hasProbes ? kicks / commands.length : null,
		irqsPerCommand: recording.irqs.length > 0 ? irqs / commands.length : null,
		numFree: commands.flatMap(({numFree}) => numFree === null ? [] : [numFree]).toSorted((a, b) => a - b),
	};
}
