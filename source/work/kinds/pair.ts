import {type Pair, type PairTask} from '../../experiment/compare/figures.js';
import {type TaskKind} from '../task-kind.js';

/** Two runs on common random numbers. */
export const pairKind: TaskKind<PairTask, Pair> = {
	name: 'pair',
	async load() {
		const {runPair} = await import('../../experiment/compare/figures.js');
		return task => runPair(task);
	},
};
