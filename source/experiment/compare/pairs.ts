import {type Configuration} from '../../simulation/configuration.js';
import {type CompareRow, compareRows} from './comparison.js';
import {type Figures, type Pair, type PairTask, type Replication, type RunLength} from './figures.js';
import {enoughPairs, intervalRule, type StoppingRule} from './stopping.js';

/**
Answers tasks, in their order, in whatever threads there are; undefined for one that was stopped.
*/
export type PairMaker = (tasks: readonly PairTask[]) => Promise<ReadonlyArray<Pair | undefined>>;

export type PairsOptions = {
	readonly configurations: readonly [Configuration, Configuration];
	/**
	Runs of side a that exist already, by seed: then side a is not
	run, and there are no other seeds.
	*/
	readonly known?: ReadonlyMap<number, Replication>;
	readonly seed: number;
	readonly length: RunLength;
	readonly budget: number;
	readonly rule: StoppingRule;
	/** Pairs that are made between two looks. */
	readonly round: number;
	readonly onPairs?: (done: number) => void;
};

/** Pairs that were run, in the order of their seeds. */
export type FinishedPairs = {
	readonly seeds: readonly number[];
	readonly a: readonly Replication[];
	readonly b: readonly Replication[];
	readonly stopped: 'precision' | 'runs' | 'interrupted';
};

/** Makes pairs until the rule has enough. */
export async function makePairs(make: PairMaker, options: PairsOptions): Promise<FinishedPairs> {
	const {rule} = options;
	const seeds =
		options.known === undefined
			? Array.from({length: rule.runs}, (_, index) => options.seed + index)
			: [...options.known.keys()].slice(0, rule.runs);
	const whole = {...rule, runs: seeds.length};
	const a: Replication[] = [];
	const b: Replication[] = [];
	for (let from = 0; from < seeds.length;) {
		const to = rule.precision === null ? seeds.length : Math.min(seeds.length, from + options.round);
		const tasks = seeds.slice(from, to).map(seed => taskOf(options, seed));
		const answers = await make(tasks); // eslint-disable-line no-await-in-loop -- the next round depends on this one
		for (const pair of answers) {
			const left = pair?.sides[0] ?? options.known?.get(pair?.seed ?? -1);
			const right = pair?.sides[1];
			if (left === undefined || right === undefined || right === null) {
				return {
					seeds: seeds.slice(0, a.length),
					a,
					b,
					stopped: 'interrupted',
				};
			}

			a.push(left);
			b.push(right);
		}

		options.onPairs?.(a.length);
		const enough = enoughPairs(figuresOf(a), figuresOf(b), whole, from + 1);
		if (enough !== null) {
			const isPrecise =
				rule.precision !== null && enoughPairs(figuresOf(a), figuresOf(b), {...whole, runs: Infinity}) !== null;
			return {
				seeds: seeds.slice(0, enough),
				a: a.slice(0, enough),
				b: b.slice(0, enough),
				stopped: isPrecise ? 'precision' : 'runs',
			};
		}

		from = to;
	}

	return {
		seeds,
		a,
		b,
		stopped: 'runs',
	};
}

function taskOf({configurations: [a, b], known, length, budget}: PairsOptions, seed: number): PairTask {
	return {
		sides: [known === undefined ? a : null, b],
		seed,
		length,
		budget,
	};
}

/** The rows of finished pairs under the rule that made them. */
export function rowsOf({a, b}: Pick<FinishedPairs, 'a' | 'b'>, rule: StoppingRule): readonly CompareRow[] {
	return compareRows(figuresOf(a), figuresOf(b), {
		rule: intervalRule(rule),
		confidence: rule.confidence,
		margins: rule.margins,
	});
}

export function figuresOf(replications: readonly Replication[]): readonly Figures[] {
	return replications.map(({figures}) => figures);
}
