import {availableParallelism} from 'node:os';
import {headerOf, refusedResult, resultKey, type Results, type SweepResult} from '../experiment/sweep/results.js';
import {pointsOf, shardText} from '../experiment/sweep/shard.js';
import {formatDuration} from '../parameters/duration.js';
import {shellWord} from '../report/shell-word.js';
import {withPool} from '../work/pool.js';
import {againWords} from './again.js';
import {type FlagValues} from './flags.js';
import {noteNamedInputs} from './output-file.js';
import {renderResults} from './render-results.js';
import {keptWords, ResultsFile} from './results-file.js';
import {type SweepOptions, sweepOptions} from './sweep-options.js';
import {type SweepJob, workOff} from './sweep-work.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

/**
`vqlab sweep`: runs every point of a plan, and goes on with the results file where there is one.
*/
export async function sweep(context: CommandContext): Promise<CommandOutcome> {
	const {input, line, interrupt, warn} = context;
	const options = sweepOptions(input, line.flags);
	const {plan, shard, output} = options;
	if (options.shardFrom !== null && shard !== null) {
		warn(`shard ${shardText(shard)}, by ${options.shardFrom}; --shard 1/1 makes the whole`);
	}

	const command = commandOf(input, line.flags, options);
	const header = headerOf(plan, shard === null ? null : shardText(shard), command.join(' '));
	const again = [
		...command,
		...(shard === null ? [] : ['--shard', shardText(shard)]),
		...(output === undefined ? [] : ['--output', shellWord(output)]),
	];
	noteNamedInputs(line);
	const file = output === undefined ? undefined : ResultsFile.open(output, header, options.shardFrom);
	const found = new Map<string, SweepResult>((file?.results ?? []).map(result => [resultKey(result), result]));
	try {
		await makeRuns(options, context, {file, found});
	} finally {
		file?.close();
	}

	const results: Results = {
		header,
		results: [...found.values()].toSorted((a, b) => a.point - b.point || a.run - b.run),
	};
	const missing = jobsOf(options, found).length;
	if (interrupt.signal !== undefined && missing > 0) {
		warn(
			`interrupted with ${missing} runs to make; ` +
				`${output === undefined ? '--output FILE would have kept the others' : `the same command goes on: ${again.join(' ')}`}`,
		);
	}

	const stalled = results.results.filter(({stall}) => stall !== null);
	if (stalled.length > 0) {
		warn(
			`warning: ${stalled.length} runs stall, the first in point ${stalled[0].point}: ${stalled[0].stall ?? ''}`,
		);
	}

	return {
		output: renderResults(
			results,
			{...options.shown, format: output === undefined ? options.shown.format : 'text'},
			again,
		),
		exitCode: 0,
	};
}

type Store = {readonly file: ResultsFile | undefined; readonly found: Map<string, SweepResult>};

async function makeRuns(
	options: SweepOptions,
	{interrupt, progress}: Pick<CommandContext, 'interrupt' | 'progress'>,
	{file, found}: Store,
): Promise<void> {
	const {plan, workers} = options;
	const lanes = workers ?? availableParallelism();
	const add = (result: SweepResult): void => {
		try {
			file?.append(result);
		} catch (error) {
			throw keptWords(error, found.size, pointsHere(options).length * plan.runs);
		}

		found.set(resultKey(result), result);
	};

	for (const index of pointsHere(options)) {
		const point = plan.points[index];
		if (point.refused !== null && !found.has(resultKey({point: index, run: 0}))) {
			add(refusedResult(point, plan.seed));
		}
	}

	const jobs = jobsOf(options, found);
	const before = pointsHere(options).length * plan.runs - jobs.length;
	await interrupt.during(async () =>
		withPool(workers === undefined ? {} : {workers}, async pool =>
			workOff(pool, {
				plan,
				jobs,
				lanes: Math.min(lanes, Math.max(1, jobs.length)),
				signal: interrupt.stopped,
				onResult: add,
				onProgress(done) {
					progress.show(
						'sweep',
						done / jobs.length,
						`run ${Math.min(jobs.length, Math.floor(done) + 1) + before} of ${jobs.length + before}`,
					);
				},
			}),
		),
	);
}

/** The points of this part. */
function pointsHere({plan, shard}: SweepOptions): readonly number[] {
	return shard === null ? plan.points.map(({index}) => index) : pointsOf(shard, plan.points.length);
}

/**
What is to be run: the first run of each point first, so that what is
cut short shows the whole plan.
*/
function jobsOf(options: SweepOptions, found: ReadonlyMap<string, SweepResult>): SweepJob[] {
	const {points, runs} = options.plan;
	const own = pointsHere(options)
		.map(index => points[index])
		.filter(({refused}) => refused === null);
	return Array.from({length: runs}, (_, run) => own.map(point => ({point, run})))
		.flat()
		.filter(({point, run}) => !found.has(resultKey({point: point.index, run})));
}

/** The command of the whole plan, in shell words: seeds and lengths written out. */
function commandOf(input: readonly string[], flags: FlagValues, {plan}: SweepOptions): string[] {
	return againWords('sweep', input, {
		...flags,
		shard: undefined,
		format: undefined,
		seed: String(plan.seed),
		runs: String(plan.runs),
		for: formatDuration(plan.duration),
		warmup: formatDuration(plan.warmup),
	});
}
