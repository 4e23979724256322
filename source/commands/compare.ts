import {availableParallelism} from 'node:os';
import {parametersHash} from '../simulation/parameters/parameters-hash.js';
import {formatDuration} from '../parameters/duration.js';
import {type Replication, type RunLength} from '../experiment/compare/figures.js';
import {fewestPairs, withoutMerits} from '../experiment/compare/comparison.js';
import {gateOutcome} from '../experiment/compare/gate.js';
import {type GateProof, proveGate} from '../experiment/compare/proof.js';
import {lengthFor} from '../experiment/compare/length.js';
import {type FinishedPairs, makePairs, type PairMaker, rowsOf} from '../experiment/compare/pairs.js';
import {type ComparedSide, type Comparison} from '../experiment/compare/report.js';
import {defaultWatched, intervalRule, type StoppingRule} from '../experiment/compare/stopping.js';
import {compareCsv} from '../report/compare-csv.js';
import {compareJson} from '../report/compare-json.js';
import {compareHtml} from '../report/compare-html.js';
import {compareMarkdown} from '../report/compare-markdown.js';
import {compareText} from '../report/compare-text.js';
import {gobench} from '../report/gobench.js';
import {schema, version} from '../version.js';
import {Pool} from '../work/pool.js';
import {pairKind} from '../work/kinds/pair.js';
import {againWords} from './again.js';
import {ablationsOf} from './compare-ablation.js';
import {baselineOf} from './compare-baseline.js';
import {type CompareOptions, compareOptions, type GivenSide} from './compare-options.js';
import {checkGates, complaints} from './compare-complaints.js';
import {compareRecordings, recordingsOf} from './compare-recordings.js';
import {resultOf} from './command-result.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

const confidence = 0.95;

/**
`vqlab compare`: is b better than a? Exit 1 when a gate closes, a proof fails or a side stalls.
*/
export async function compare({input, line, interrupt, progress}: CommandContext): Promise<CommandOutcome> {
	const recordings = recordingsOf(input);
	if (recordings !== undefined) {
		return compareRecordings(recordings, {line, interrupt, progress});
	}

	const options = compareOptions(input, line.flags);
	const baseline = options.baseline === undefined ? undefined : baselineOf(options.baseline, options);
	const [a, b] = options.sides;
	const length = lengthFor([a.configuration, b.configuration], baseline?.length ?? options.length);
	const rule: StoppingRule = {
		precision: options.precision,
		runs: options.runs,
		watched: options.gates.length > 0 ? [...new Set(options.gates.map(({path}) => path))] : defaultWatched,
		confidence,
		margins: options.margins,
	};
	const again = againWords('compare', input, {
		...line.flags,
		warmup: formatDuration(length.warmup),
		for: formatDuration(length.duration),
	});
	const pool = new Pool();
	try {
		return await interrupt.during(async () => {
			const make: PairMaker = async tasks => pool.answers(pairKind, tasks, {signal: interrupt.stopped});
			let done = 0;
			const counted: PairMaker = async tasks =>
				pool.answers(pairKind, tasks, {
					signal: interrupt.stopped,
					onDone() {
						progress.show(
							'compare',
							++done / options.runs,
							`pair ${done} of ${options.precision === null ? '' : 'at most '}${options.runs}`,
						);
					},
				});
			const pairs = await makePairs(counted, {
				configurations: [a.configuration, b.configuration],
				...(baseline === undefined ? {} : {known: baseline.runs}),
				seed: options.seed,
				length,
				budget: options.budget,
				rule,
				round: Math.max(2, availableParallelism()),
			});
			const comparison = comparisonOf(options, pairs, rule, length, baseline?.vqlab);
			checkGates(comparison);
			const proofs = options.proveGate ? await proofsOf(options, make, {length, rule}) : undefined;
			const ablations = options.ablate ? await ablationsOf(options, comparison, make) : undefined;
			const whole: Comparison = {
				...comparison,
				...(ablations === undefined ? {} : {ablations}),
				...(proofs === undefined ? {} : {proofs}),
			};
			return resultOf(render(whole, pairs, options, again, line.flags.ascii), complaints(whole, options));
		});
	} finally {
		await pool.close();
	}
}

async function proofsOf(
	{sides: [{configuration}], gates, seed, budget, undecidedFails}: CompareOptions,
	make: PairMaker,
	{length, rule}: {readonly length: RunLength; readonly rule: StoppingRule},
): Promise<readonly GateProof[]> {
	const proofs: GateProof[] = [];
	for (const gate of gates) {
		// eslint-disable-next-line no-await-in-loop -- one after the other
		const proof = await proveGate(gate, make, {
			configuration,
			seed,
			budget,
			length,
			rule,
			undecidedFails,
		});
		if (proof === undefined) {
			break;
		}

		proofs.push(proof);
	}

	return proofs;
}

function comparisonOf(
	options: CompareOptions,
	pairs: FinishedPairs,
	rule: StoppingRule,
	{words, ...length}: ReturnType<typeof lengthFor>,
	baselineVersion: string | undefined,
): Comparison {
	const [a, b] = options.sides;
	const stalls = [...pairs.a, ...pairs.b].some(({stall}) => stall !== null);
	const rows = stalls ? withoutMerits(rowsOf(pairs, rule)) : rowsOf(pairs, rule);
	return {
		schema,
		vqlab: version,
		a: comparedSide(a, pairs.a),
		b: comparedSide(b, pairs.b),
		runs: pairs.seeds.length,
		seeds: pairs.seeds,
		stopped: pairs.stopped,
		confidence,
		length,
		lengthWords: words,
		method: intervalRule(rule) === 'fixed' ? 'paired t, 95 %' : 'confidence sequence on pairs, 95 % at every look',
		rows,
		gates: options.gates.map(gate => ({gate, outcome: gateOutcome(gate, rows)})),
		notes: notesOf(options, pairs, baselineVersion),
	};
}

function comparedSide({preset, set, configuration}: GivenSide, runs: readonly Replication[]): ComparedSide {
	const stalled = runs.map(({stall}) => stall).filter(stall => stall !== null);
	return {
		preset: preset.name,
		set,
		parametersHash: parametersHash(configuration),
		stalls: stalled.length,
		stall: stalled[0] ?? null,
	};
}

function notesOf(
	{sides: [a, b], baseline}: CompareOptions,
	{seeds, a: left, b: right, stopped}: FinishedPairs,
	baselineVersion = version,
): string[] {
	const notes: string[] = [];
	const names = [a, b].map(({configuration}) => configuration.clients.map(({name}) => name).join(', '));
	if (baseline !== undefined) {
		notes.push(
			baselineVersion === version
				? `Side a is the runs of ${baseline}.`
				: `Side a is the runs of ${baseline}, by vqlab ${baselineVersion}: a change of the model is in the ` +
						'differences.',
		);
	} else if (parametersHash(a.configuration) === parametersHash(b.configuration)) {
		notes.push('Both sides are the same settings: every difference is 0.');
	}

	if ([...left, ...right].some(({stall}) => stall !== null)) {
		notes.push('A run that stalls is measured until it stands still: no figure is better or worse than another.');
	}

	if (names[0] !== names[1]) {
		notes.push(
			`The sides have other clients (${names[0]}; ${names[1]}): their runs share no random numbers, and ` +
				'figures of a client that one side lacks are not compared.',
		);
	}

	if (seeds.length < fewestPairs && stopped !== 'interrupted') {
		notes.push(`No verdict stands under ${fewestPairs} pairs: --runs ${fewestPairs} or more gives one.`);
	}

	const short = [...left, ...right].filter(({whole, stall}) => !whole && stall === null).length;
	if (short > 0) {
		notes.push(`${short} runs ended before their time: --events was spent.`);
	}

	if (stopped === 'interrupted') {
		notes.push(`Interrupted after ${seeds.length} pairs.`);
	}

	return notes;
}

function render(
	comparison: Comparison,
	pairs: FinishedPairs,
	{format}: CompareOptions,
	again: readonly string[],
	ascii: boolean,
): string {
	switch (format) {
		case 'json': {
			return compareJson(comparison);
		}

		case 'markdown': {
			return compareMarkdown(comparison, again);
		}

		case 'html': {
			return compareHtml(comparison, again);
		}

		case 'csv': {
			return compareCsv(comparison);
		}

		case 'gobench': {
			const {a, b} = comparison;
			return gobench(
				a.preset,
				{vqlab: comparison.vqlab, preset: a.preset, simulated: `${comparison.length.duration / 1e9}s`},
				[
					{labels: {side: 'a'}, runs: pairs.a.map(({figures}) => figures)},
					{
						labels: {side: 'b', ...(a.preset === b.preset ? {} : {preset: b.preset})},
						runs: pairs.b.map(({figures}) => figures),
					},
				],
			);
		}

		case 'text': {
			return compareText(comparison, again, ascii);
		}
	}
}
