import {type Stretch} from '../run/stretches.js';
import {serverName} from '../host/backends/backends.js';
import {type Metrics} from '../metrics/metrics.js';
import {settingsJson} from '../presets/preset-text.js';
import {type AtomicSleepWords, type StallWords, type Verdict} from '../diagnosis/finding.js';
import {judge} from '../diagnosis/verdict.js';
import {settlingVerdict} from '../diagnosis/verdict-settling.js';

/** A stretch of a run as reports have it; times in s. */
export type WrittenStretch = {
	readonly from: number;
	readonly to: number;
	readonly set: Readonly<Record<string, number | boolean | string>>;
	readonly settling: boolean;
	readonly metrics: Metrics;
	readonly verdict: Verdict;
	/** Who serves the device in it. */
	readonly server: string;
};

/** `stall`: what the stretch ends with, or null; `sleeps`: those of the run, s. */
export function writtenStretch(
	stretch: Stretch,
	stall: StallWords | null = null,
	sleeps: ReadonlyArray<AtomicSleepWords & {readonly last: number}> = [],
): WrittenStretch {
	const {from, to, set, settling, metrics, configuration} = stretch;
	return {
		from: from / 1e9,
		to: to / 1e9,
		set: settingsJson(set),
		settling,
		metrics,
		verdict:
			settling && stall === null
				? settlingVerdict(stretch)
				: judge(
						metrics,
						configuration,
						stall,
						sleeps.filter(({at, last}) => at < to / 1e9 && last >= from / 1e9),
					),
		server: serverName(configuration.parameters['host.backend']),
	};
}

/**
What the verdict, advice and assertions are about: the last stretch, or the
whole of a run without changes.
*/
export function judgedMetrics({
	stretches,
	metrics,
}: {
	readonly stretches: readonly WrittenStretch[];
	readonly metrics: Metrics;
}): Metrics {
	return stretches.at(-1)?.metrics ?? metrics;
}
