import {type Block, type Line, makeBlock, piece} from '../charts/block.js';
import {cell} from '../charts/fit-text.js';
import {type QueueReading} from '../session/snapshot.js';
import {isWideTable, narrowColumns, type QueueColumn, wideColumns} from '../views/overview/queues.js';

/**
The table of queues as Ink puts it over a screen, cell for cell: there before Ink is, and in what is
drawn without it. A head and a row a queue, `width` cells.
*/
export function queueBlock(queues: readonly QueueReading[], width: number): Block {
	const isWide = isWideTable(width + 2);
	const columns = isWide ? wideColumns : narrowColumns;
	const rows = [
		rowOf(columns, column => column.title),
		...queues.map(queue =>
			rowOf(columns, (column, index) => cell(column.value(queue), column.width, index === 0 ? 'left' : 'right')),
		),
	];
	const indent = isWide ? '' : ' ';
	return makeBlock(
		width,
		rows.length,
		rows.map((text, index): Line => [indent, piece(text, index === 0 ? 'dim' : 'text')]),
	);
}

/** A blank on both sides of each cell; the first of a close column goes. */
function rowOf(columns: readonly QueueColumn[], textOf: (column: QueueColumn, index: number) => string): string {
	return columns
		.map((column, index) => {
			const width = Math.max(column.title.length, column.width);
			const text = textOf(column, index);
			const padded = index === 0 ? text.padEnd(width) : text.padStart(width);
			return `${column.close === true ? '' : ' '}${padded} `;
		})
		.join('');
}
