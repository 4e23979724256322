import {type Block, type BlockTask} from '../../experiment/advise/block.js';
import {type TaskKind} from '../task-kind.js';

/** A run and others that differ from it in a setting each, on common random numbers. */
export const blockKind: TaskKind<BlockTask, Block> = {
	name: 'block',
	async load() {
		const {runBlock} = await import('../../experiment/advise/block.js');
		return task => runBlock(task);
	},
};
