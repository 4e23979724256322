import {type Distributions} from './assemble.js';
import {queueCounter} from './counters.js';
import {
	stageNames, waitNames, type Figure, type Latency, type Stage, type StageName, type WaitName,
} from './metrics.js';
import {inUs, summaryOf} from './summary.js';

const ratio = (part: number, whole: number): Figure => whole === 0 ? null : part / whole;

/**
Life times of a queue's commands. Mean, stages and waits are those of commands that have ended; percentiles and
the longest count those that have waited long for their response with their age, which is a lower bound.
*/
export function latencyMetrics(grown: Float64Array, base: number, queue: 0 | 1, duration: number, distributions: Distributions | null): Latency {
	const count = grown[base + queueCounter.latencies];
	const mean = ratio(grown[base + queueCounter.latency], count);
	const commands = distributions?.commands;
	const {ages, unfinished} = commands?.atEnd(queue, distributions?.now ?? 0, duration) ?? {ages: undefined, unfinished: 0};
	const columns = <Name extends string>(names: readonly Name[], counter: number, byBucket: Float64Array | undefined): Record<Name, Stage> => {
		const tail = tailMeans(names.length, byBucket, distributions, queue);
		const entries = names.map((name, index): [Name, Stage] => {
			const column = ratio(grown[base + counter + index], count);
			return [name, {
				mean: inUs(column),
				share: column === null || mean === null || mean === 0 ? null : column / mean,
				tail: inUs(tail === null ? null : tail[index]),
			}];
		});
		return Object.fromEntries(entries) as Record<Name, Stage>;
	};

	return {
		...summaryOf(ages),
		mean: inUs(mean),
		p999: inUs(ages?.quantile(0.999) ?? null),
		count,
		unfinished,
		traced: summaryOf(commands?.traced[queue]),
		stages: columns<StageName>(stageNames, queueCounter.stages, commands?.stagesByBucket[queue]),
		waits: columns<WaitName>(waitNames, queueCounter.waits, distributions?.waits.byBucket[queue]),
	};
}

/** Means in ns over the ended commands at or above their p99; null when there are none. */
function tailMeans(columns: number, byBucket: Float64Array | undefined, distributions: Distributions | null, queue: 0 | 1): number[] | null {
	const histogram = distributions?.commands.latency[queue];
	if (byBucket === undefined || histogram === undefined || histogram.count === 0) {
		return null;
	}

	const sums = Array.from({length: columns}, () => 0);
	let count = 0;
	for (let bucket = histogram.bucketAt(0.99); bucket < histogram.bucketEnd; bucket++) {
		count += histogram.countOf(bucket);
		for (let column = 0; column < columns; column++) {
			sums[column] += byBucket[bucket * columns + column];
		}
	}

	return sums.map(sum => sum / count);
}
