import {type Cell, type Testbed} from './cell.js';
import {type Story} from './story.js';

/** A cell that nobody has measured. */
export type UnmeasuredCell = {readonly cell: Cell; readonly words: string};

/**
The combinations of a story that are not in the file of cells: to be
predicted before anyone measures them.
*/
export function unmeasuredCells({cells}: Testbed, {unmeasured}: Pick<Story, 'unmeasured'>): UnmeasuredCell[] {
	if (unmeasured === undefined) {
		return [];
	}

	return unmeasured.combinations.flatMap(({family, words, set}) =>
		cells
			.filter(({id}) => unmeasured.cells.includes(id))
			.map(cell => ({
				cell: {...cell, id: cell.id.replace(/^[^\/]+/v, family), parameters: {...cell.parameters, ...set}},
				words,
			})),
	);
}
