import {type Figures} from '../experiment/compare/figures.js';

/** Runs of one configuration, as lines of a Go benchmark. */
export type GobenchRuns = {
	/** What tells it from others, `key=value`: benchstat makes columns of it. */
	readonly labels: Readonly<Record<string, string>>;
	readonly runs: readonly Figures[];
};

/**
Runs in the format of Go's benchmarks, a line a run, which benchstat and what reads its format take:
a name, a count of iterations, then value and unit in turn; the unit is the metric's path.
Configuration lines hold what all runs share.

Source: golang.org/design/14313-benchmark-format.
*/
export function gobench(
	preset: string,
	shared: Readonly<Record<string, string>>,
	groups: readonly GobenchRuns[],
): string {
	const lines = Object.entries(shared).map(([key, value]) => `${key}: ${value}`);
	for (const {labels, runs} of groups) {
		const name = `Benchmark${[capital(word(preset)), ...Object.entries(labels).map(([key, value]) => `${word(key)}=${word(value)}`)].join('/')}`;
		for (const figures of runs) {
			const measurements = Object.entries(figures).flatMap(([path, value]) =>
				value === null ? [] : [`${value} ${word(path)}`],
			);
			lines.push([name, '1', ...measurements].join('\t'));
		}
	}

	return `${lines.join('\n')}\n`;
}

/**
Names and units end at a space, parts of a name at a slash; a dash and a number at the end of a
name would be read as GOMAXPROCS.
*/
function word(text: string): string {
	return text.replaceAll(/[\s\/]/gv, '_').replace(/-(?=\d+$)/v, '_');
}

/** A name goes on with a capital letter. */
function capital(text: string): string {
	const name = text.charAt(0).toUpperCase() + text.slice(1);
	return /^\p{Lu}/v.test(name) ? name : `Preset_${name}`;
}
