import {UserError} from '../errors/user-error.js';
import {
	ablate,
	type Ablation,
	differingKeys,
	firstSets,
	type KeySet,
	pairSets,
	setName,
	settingsWith,
} from '../experiment/compare/ablation.js';
import {type Figures, type Replication} from '../experiment/compare/figures.js';
import {type PairMaker} from '../experiment/compare/pairs.js';
import {type Comparison} from '../experiment/compare/report.js';
import {type Configuration} from '../simulation/configuration.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {configurationOf} from '../presets/preset.js';
import {type CompareOptions} from './compare-options.js';

/** Keys that are taken apart at most: the number of runs grows with their square. */
const mostKeys = 16;
/** Metrics that are explained: those of the gates, else those that moved most. */
const mostMetrics = 3;

/**
Which of the keys that differ moved what the comparison saw, over the same seeds.
Undefined when the work was stopped.

@throws {UserError} when the sides differ in more than keys, in none, or in too many.
*/
export async function ablationsOf(
	options: CompareOptions,
	comparison: Comparison,
	make: PairMaker,
): Promise<readonly Ablation[] | undefined> {
	const [a, b] = options.sides;
	if (
		JSON.stringify([a.configuration.clients, a.configuration.faults]) !==
		JSON.stringify([b.configuration.clients, b.configuration.faults])
	) {
		throw new UserError(
			'--ablate: the sides differ in their clients or faults, which are no keys: give two settings of one ' +
				'preset with --a and --b',
		);
	}

	const keys = differingKeys(a.configuration, b.configuration);
	if (keys.length === 0 || keys.length > mostKeys) {
		throw new UserError(`--ablate: the sides differ in ${keys.length} keys; it takes 1 to ${mostKeys} apart`);
	}

	const paths = pathsOf(options, comparison);
	const own = {...a.preset.given, ...parseSets(a.set)};
	const configurationWith = (set: KeySet): Configuration =>
		configurationOf(a.preset, {
			...a.configuration.given,
			...settingsWith(
				own,
				b.configuration,
				set.map(index => keys[index]),
			),
		});
	const runs = new Map<string, readonly Figures[]>();
	const run = async (sets: readonly KeySet[]): Promise<boolean> => {
		const tasks = sets.flatMap(set =>
			comparison.seeds.map(seed => ({
				sides: [null, configurationWith(set)] as const,
				seed,
				length: comparison.length,
				budget: options.budget,
			})),
		);
		const answers = await make(tasks);
		const found = answers.map(pair => pair?.sides[1] ?? undefined);
		if (found.includes(undefined)) {
			return false;
		}

		const whole = found.filter((replication): replication is Replication => replication !== undefined);
		for (const [index, set] of sets.entries()) {
			runs.set(
				setName(set),
				whole
					.slice(index * comparison.seeds.length, (index + 1) * comparison.seeds.length)
					.map(({figures}) => figures),
			);
		}

		return true;
	};

	if (!(await run(firstSets(keys.length)))) {
		return undefined;
	}

	const pairs = pairSets(keys.length, runs, paths);
	if (!(await run(pairs))) {
		return undefined;
	}

	return paths.map(path => ablate(path, keys, pairs, runs));
}

function pathsOf({gates}: CompareOptions, {rows}: Comparison): readonly string[] {
	if (gates.length > 0) {
		return [...new Set(gates.map(({path}) => path))];
	}

	const preferred = ['throughput.completed', 'latency.mean', 'latency.p99', 'lock.spin.total', 'cpu.vcpusBusy'];
	const moved = rows.filter(({verdict}) => verdict === 'better' || verdict === 'worse').map(({path}) => path);
	const chosen = [...preferred.filter(path => moved.includes(path)), ...moved].slice(0, mostMetrics);
	return chosen.length > 0 ? [...new Set(chosen)] : ['throughput.completed', 'latency.mean'];
}
