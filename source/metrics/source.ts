import {type Histogram} from '../engine/histogram.js';
import {type TracepointName} from '../tracepoints/tracepoints.js';
import {type Figure} from './figure.js';

/** Distributions of ns that percentiles come from, by queue or (frames) by client. */
export type HistogramName = 'hold' | 'wait' | 'runs' | 'life' | 'traced' | 'frames';

/** Least and most of what a ring held. */
export type ExtremeName = 'minFree' | 'maxFree' | 'maxInFlight';

/** Sums of ns by command that have a tail: the stages of its life, and what it waited for. */
export type PartName = 'stages' | 'waits';

/**
What a figure is made of: a stretch of a run or of a recording, seen from one queue, vCPU or client.
*/
export type Reading = {
	/** ns. */
	readonly duration: number;
	/**
	Number of the vCPU, the client or the cell that the metric is of; 0 where there is only one.
	*/
	readonly member: number;
	/** vCPUs of the guest. */
	readonly vcpus: number;
	/** Commands without a response that are older at the end than 10 x the median response. */
	readonly unfinished: number;
	/** What a counter, or one of its cells, has grown by; `member`: of another one than this. */
	grown(counter: string, cell?: number, member?: number): number;
	/** ns in which an integral is known. */
	span(counter: string): number;
	/** The machine has exits, the VMM has a BQL. */
	has(part: 'exits' | 'bql'): boolean;
	/** Undefined where only sums are kept. */
	histogram(
		name: HistogramName,
	): (Pick<Histogram, 'count' | 'mean' | 'quantile'> & {readonly max: number | null}) | undefined;
	extreme(name: ExtremeName): number | null;
	/**
	ns of a part of life, mean over the commands at or above p99; null where only sums are kept.
	*/
	tail(name: PartName, cell: number): number | null;
	/** The longest pause of a kind: start and length, ns; length 0 without one. */
	longest(kind: number): {readonly at: number; readonly length: number};
};

/**
An event that adds one to a counter: of the queue that is its subject, or of its subject command's.
*/
export type CountRule = {
	readonly at: TracepointName;
	readonly of: 'queue' | 'command';
	/** The event counts only with one of these values. */
	readonly values?: readonly number[];
};

/**
A counter by its name: which cell of how many (`member`: the reading's), and the event
that it counts if it is so simple.
*/
export type Counter<C extends string = string> = {
	readonly name: C;
	readonly cells: number;
	readonly cell: number | 'member';
	readonly rule?: CountRule;
};

type Ref<C extends string> = C | Counter<C>;

/** What a figure may be read from that is no counter. */
export type Need = HistogramName | ExtremeName | PartName | 'unfinished' | 'pauses';

/** How a metric is counted, and what its counters come to. */
export type Source<V extends Figure = Figure, C extends string = string> = {
	readonly counters: ReadonlyArray<Counter<C>>;
	/** What it reads besides. */
	readonly needs?: readonly Need[];
	readonly value: (reading: Reading) => V;
};

/** A cell of a row of counters. */
export function cell<C extends string>(name: C, cells: number, index: number | 'member'): Counter<C> {
	return {name, cells, cell: index};
}

/** A counter of one kind of event. */
export function counted<C extends string>(name: C, rule: CountRule): Counter<C> {
	return {
		name,
		cells: 1,
		cell: 0,
		rule,
	};
}

function counterOf<C extends string>(ref: Ref<C>): Counter<C> {
	return typeof ref === 'string' ? {name: ref, cells: 1, cell: 0} : ref;
}

function grown(reading: Reading, {name, cell: index}: Counter): number {
	return reading.grown(name, index === 'member' ? reading.member : index);
}

function sum(reading: Reading, counters: readonly Counter[]): number {
	let total = 0;
	for (const counter of counters) {
		total += grown(reading, counter);
	}

	return total;
}

/** ns as us. */
const inUs = (ns: Figure): Figure => (ns === null ? null : ns / 1000);

const quotient = (part: number, whole: number): Figure => (whole === 0 ? null : part / whole);

/** Events a second. */
export function rate<C extends string>(...refs: ReadonlyArray<Ref<C>>): Source<number, C> {
	const counters = refs.map(ref => counterOf(ref));
	return {
		counters,
		value(reading) {
			const seconds = reading.duration / 1e9;
			return seconds === 0 ? 0 : sum(reading, counters) / seconds;
		},
	};
}

/**
What is scaled before it is divided by the time: the last bit of a figure in a
report is as it was first printed.
*/
export const perSecond = 1e9;
/** ns of a second as ms. */
export const milliseconds = 1000;

/** Counts or ns, `scale` times, by the ns of the stretch. */
export function per<C extends string>(scale: number, ...refs: ReadonlyArray<Ref<C>>): Source<number, C> {
	const counters = refs.map(ref => counterOf(ref));
	return {
		counters,
		value: reading => (reading.duration === 0 ? 0 : (sum(reading, counters) * scale) / reading.duration),
	};
}

/** Part of the time: ns by ns. */
export function share<C extends string>(...refs: ReadonlyArray<Ref<C>>): Source<number, C> {
	return per(1, ...refs);
}

/** One number by another; null when the second is 0. */
export function ratio<C extends string>(
	parts: Ref<C> | ReadonlyArray<Ref<C>>,
	whole: Ref<C>,
	scale = 1,
): Source<Figure, C> {
	const above = (isList(parts) ? parts : [parts]).map(ref => counterOf(ref));
	const below = counterOf(whole);
	return {
		counters: [...above, below],
		value: reading => quotient(sum(reading, above) * scale, grown(reading, below)),
	};
}

function isList<C extends string>(refs: Ref<C> | ReadonlyArray<Ref<C>>): refs is ReadonlyArray<Ref<C>> {
	return Array.isArray(refs);
}

/** ns by a number, in us. */
export function meanTime<C extends string>(time: Ref<C>, count: Ref<C>): Source<Figure, C> {
	const {counters, value} = ratio(time, count);
	return {counters, value: reading => inUs(value(reading))};
}

/** Part of a mean in another mean, both over `count`. */
export function shareOfMean<C extends string>(part: Ref<C>, whole: Ref<C>, count: Ref<C>): Source<Figure, C> {
	const [own, all] = [ratio(part, count), ratio(whole, count)];
	return {
		counters: [...own.counters, ...all.counters],
		value(reading) {
			const [mean, total] = [own.value(reading), all.value(reading)];
			return mean === null || total === null ? null : quotient(mean, total);
		},
	};
}

/** Mean over time of what an integral adds up. */
export function mean<C extends string>(integral: C): Source<Figure, C> {
	return {
		counters: [counterOf(integral)],
		value: reading => quotient(reading.grown(integral), reading.span(integral)),
	};
}

/** So many in all. */
export function total<C extends string>(ref: C): Source<number, C> {
	return {counters: [counterOf(ref)], value: reading => reading.grown(ref)};
}

/** Figures together. */
export function plus<C extends string>(first: Source<number, C>, second: Source<number, C>): Source<number, C> {
	return {
		counters: [...first.counters, ...second.counters],
		value: reading => first.value(reading) + second.value(reading),
	};
}

/** Null where the machine has no such part. */
export function where<C extends string>(
	part: 'exits' | 'bql',
	{counters, value}: Source<Figure, C>,
): Source<Figure, C> {
	return {counters, value: reading => (reading.has(part) ? value(reading) : null)};
}

/** A figure that no counter tells. */
export function read<V extends Figure>(need: Need, value: (reading: Reading) => V): Source<V, never> {
	return {counters: [], needs: [need], value};
}

/** Mean of a distribution in us; null when it is empty. */
export function distributionMean(name: HistogramName): Source<Figure, never> {
	return read(name, reading => {
		const histogram = reading.histogram(name);
		return histogram === undefined || histogram.count === 0 ? null : inUs(histogram.mean);
	});
}

/** Nearest rank in us. */
export function quantile(name: HistogramName, rank: number): Source<Figure, never> {
	return read(name, reading => {
		const histogram = reading.histogram(name);
		return histogram === undefined || histogram.count === 0 ? null : inUs(histogram.quantile(rank));
	});
}

/** The largest in us; exact. */
export function largest(name: HistogramName): Source<Figure, never> {
	return read(name, reading => {
		const histogram = reading.histogram(name);
		return histogram === undefined || histogram.count === 0 ? null : inUs(histogram.max);
	});
}

/** Mean in us of a part of life over the slowest commands. */
export function tail(name: PartName, index: number): Source<Figure, never> {
	return read(name, reading => inUs(reading.tail(name, index)));
}
