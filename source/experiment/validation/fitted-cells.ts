import {type Cell} from './cell.js';

/** Workloads and policies of the cells over which the testbed preset's constants were fitted, by first letter. */
const fitted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	A: {
		flood1: 'p0 p1 p2 p3', xfer1: 'p0 p1 p2 p3', flood2: 'p0 p1 p2', xfer2: 'p0 p1 p3', mix: 'p0 p2', cursor: 'p0 p2', paced: 'p0',
	},
	B: {
		flood1: 'p0 p1 p2', xfer1: 'p0 p1 p2', flood2: 'p0 p1 p2', mix: 'p0 p2', cursor: 'p0', paced: 'p0',
	},
	C: {
		flood1: 'p0 p1 p2', xfer1: 'p0 p1 p2', flood2: 'p0 p1 p2', mix: 'p0 p2', cursor: 'p0', paced: 'p0',
	},
	E: {
		flood1: 'p0 p1 p2', xfer1: 'p0 p1 p2', flood2: 'p0 p1 p2', mix: 'p0 p2', cursor: 'p0', paced: 'p0',
	},
	F: {
		flood1: 'p0 p1 p2', xfer1: 'p0 p1 p2', flood2: 'p0 p1 p2', mix: 'p0 p2', cursor: 'p0', paced: 'p0',
	},
	H: {
		flood1: 'shipped', xfer1: 'shipped', flood2: 'shipped', xfer2: 'shipped', mix: 'shipped', cursor: 'shipped', paced: 'shipped',
	},
	K: {
		flood1: 'p0 p1 p2', xfer1: 'p0 p1 p2', flood2: 'p0 p1 p2', cursor: 'p0 p2', paced: 'p0',
	},
	P: {flood1: 'p0 p1 p2', xfer1: 'p0 p1 p2', paced: 'p0'},
};

/** Whether the preset's constants were fitted with this cell in view: agreement there proves less than elsewhere. */
export function isFitted({id}: Pick<Cell, 'id'>): boolean {
	const [letter, workload, policy] = id.split('/');
	return fitted[letter]?.[workload]?.split(' ').includes(policy) ?? false;
}
