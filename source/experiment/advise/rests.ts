import {meanOf} from '../../engine/distribution.js';
import {type ParameterValue, type Provenance} from '../../parameters/parameter.js';
import {type Configuration} from '../../simulation/configuration.js';
import {isTableKey, parameter, type ParameterKey} from '../../simulation/parameters/table.js';
import {type Figures} from '../compare/figures.js';
import {scaledTime} from '../shape/cost-keys.js';
import {stageKeys} from './stage-costs.js';
import {changed} from './candidates.js';
import {type Goal} from './goal.js';
import {Laboratory, type LaboratoryOptions, type Trial} from './laboratory.js';

/** A cost that nobody measured, and what the advice would gain if it were twice as long. */
export type Rest = {
	readonly key: ParameterKey;
	readonly value: ParameterValue;
	readonly doubled: ParameterValue;
	/**
	(b - a) / a of the goal with the value as it is, and with the doubled one; null where a is 0.
	*/
	readonly gain: number | null;
	readonly gainDoubled: number | null;
	/** Change of the gain for a change of the cost by its own size: a difference quotient. */
	readonly derivative: number | null;
};

const mostCosts = 4;
const blocks = 2;

/**
The longest costs that are assumed, and how the gain of a change moves with each; `known` has the
runs of the change as the costs are.
*/
export async function restsOn(
	{set, runs}: Trial,
	known: Laboratory,
	options: Omit<LaboratoryOptions, 'paths'> & {readonly goal: Goal},
): Promise<readonly Rest[]> {
	const {configuration, goal} = options;
	const gainIn = async (base: Configuration): Promise<number | null> => {
		const laboratory = new Laboratory({...options, configuration: base, paths: [goal.path]});
		const trial = {set, runs: []};
		return changed(base, set) === undefined || !(await laboratory.to([trial], blocks))
			? null
			: gainOf(laboratory, trial);
	};

	const gainOf = (laboratory: Laboratory, trial: Trial): number | null => {
		const ratio = laboratory.rows(trial).find(({path}) => path === goal.path)?.ratio ?? null;
		return ratio === null ? null : ratio - 1;
	};

	const gain = gainOf(known, {set, runs: runs.slice(0, blocks)});
	return Promise.all(
		assumedCosts(configuration, known.base.at(0)?.figures ?? {}).map(async key => {
			const value = configuration.parameters[key];
			const doubled = scaledTime(value, 2);
			const other = changed(configuration, {[key]: doubled});
			const gainDoubled = other === undefined ? null : await gainIn(other);
			return {
				key,
				value,
				doubled,
				gain,
				gainDoubled,
				derivative: gain === null || gainDoubled === null ? null : gainDoubled - gain,
			};
		}),
	);
}

/** Where the value of a key comes from: a preset that says nothing of it assumes it. */
export function provenanceOf({given = {}, provenance = {}}: Configuration, key: ParameterKey): Provenance {
	return (
		provenance[key] ??
		(Object.hasOwn(given, key) ? {kind: 'assumed', source: 'the preset'} : parameter(key).provenance)
	);
}

function assumedCosts(configuration: Configuration, figures: Figures): readonly ParameterKey[] {
	const length = (key: ParameterKey): number => {
		const value = configuration.parameters[key];
		return typeof value === 'object' ? meanOf(value) : Number(value);
	};

	return stageKeys(configuration, figures)
		.flatMap(({keys}) => keys)
		.filter(key => isTableKey(key))
		.filter(key => provenanceOf(configuration, key).kind === 'assumed')
		.toSorted((a, b) => length(b) - length(a))
		.slice(0, mostCosts);
}
