import {type Difference, type DiffTask} from '../../experiment/diff/report.js';
import {type TaskKind} from '../task-kind.js';

/** Two runs of one seed, told apart. */
export const diffKind: TaskKind<DiffTask, Difference> = {
	name: 'diff',
	async load() {
		const {differenceBetween} = await import('../../experiment/diff/difference.js');
		return task => differenceBetween(task);
	},
};
