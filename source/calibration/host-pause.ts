import {type FaultSpec} from '../parameters/configuration.js';
import {Samples} from '../trace/recording/samples.js';

/** A time of the host's that was measured, with when it began; ns of the host's clock. */
export type TimedSample = {readonly start: number; readonly time: number};

/** The host stood still once; ns of its clock. */
export type HostPause = {readonly start: number; readonly end: number};

/** A thread that rang was held meanwhile; ns of the guest's clock. */
export type HeldKick = {readonly start: number; readonly end: number; readonly cpu: number};

/** Fewer samples do not show what is usual. */
const fewest = 20;

/** Shorter ones, ns, are late steps. */
const shortest = 1_000_000;

/** By how many times the longest is longer than the next for it to be no habit. */
const farOff = 4;

/**
Takes a pause that came once out of times that were measured. Drawn from their distribution it would
come again at any of their places, two of them in one burst, and by itself, although whoever held up
the host may have held up the guest's threads too.
*/
export function withoutPause(all: readonly TimedSample[]): {
	readonly samples: Samples;
	readonly pause: HostPause | null;
} {
	const samples = new Samples();
	const [longest, next] = all.toSorted((a, b) => b.time - a.time);
	const isPause = all.length >= fewest && longest.time >= shortest && longest.time >= farOff * next.time;
	for (const sample of all) {
		if (!isPause || sample !== longest) {
			samples.add(sample.time);
		}
	}

	return {samples, pause: isPause ? {start: longest.start, end: longest.start + longest.time} : null};
}

/**
The load that pauses are placed in: its first command and how long it took, ns of the guest's clock;
`offset` is that less the host's.
*/
type Load = {readonly start: number; readonly span: number; readonly offset: number};

/**
Pauses as faults, which come as often as they were recorded: once in the recording's length. Those
before and after the load are left out.
*/
export function pauseFaults(
	pauses: readonly HostPause[],
	held: readonly HeldKick[],
	{start, span, offset}: Load,
): readonly FaultSpec[] {
	const within = (at: number): boolean => at >= start && at <= start + span;
	const fault = (from: number, to: number): Pick<FaultSpec, 'at' | 'for' | 'every'> => ({
		at: Math.round(from - start),
		for: Math.round(to - from),
		every: Math.round(span),
	});
	return [
		...pauses
			.filter(pause => within(pause.start + offset))
			.map((pause): FaultSpec => ({
				kind: 'host-stall',
				...fault(pause.start + offset, pause.end + offset),
			})),
		...held
			.filter(kick => within(kick.start))
			.map((kick): FaultSpec => ({
				kind: 'vcpu-preempt',
				vcpu: kick.cpu,
				...fault(kick.start, kick.end),
			})),
	];
}

/** What they are, in lines. */
export function pauseWords(faults: readonly FaultSpec[]): readonly string[] {
	return faults.map(
		({kind, at, vcpu = 0, for: length = 0}) =>
			`${kind === 'host-stall' ? 'the host' : `vCPU ${vcpu}`} stood still once, for ` +
			`${(length / 1e6).toFixed(1)} ms, ${(at / 1e9).toFixed(3)} s after the first command: a fault of ` +
			"the preset, once in the recording's length",
	);
}
