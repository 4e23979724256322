import {memo, type PropsWithChildren} from 'react';
import {Text} from 'ink';
import {Table} from 'ink-table';
import {cell} from '../../charts/fit-text.js';
import {type QueueReading} from '../../session/snapshot.js';
import {isWideTable, narrowColumns, type QueueColumn, wideColumns} from '../../views/overview/queues.js';
import {dress} from '../../charts/canvas.js';
import {type Look} from '../../charts/look.js';

export type QueueTableProperties = {
	readonly queues: readonly QueueReading[];
	/** Width of the panel around it. */
	readonly width: number;
	readonly headLook: Look;
	readonly cellLook: Look;
};

/** The table draws no lines: the panel has a frame, and its lines are as dear as its cells. */
function NoLine(): React.JSX.Element | null {
	return null;
}

/** A cell in a look. The table pads both sides; where room is scarce one blank must do. */
function cellOf(look: Look, columns: readonly QueueColumn[]) {
	return ({children, column}: PropsWithChildren<{readonly column?: number}>): React.JSX.Element => {
		const text = typeof children === 'string' ? children : '';
		const isClose = columns[column ?? 0]?.close === true;
		return <Text>{dress(isClose ? text.replace(' ', '') : text, look)}</Text>;
	};
}

function rowOf(queue: QueueReading, columns: readonly QueueColumn[]): Record<string, string> {
	return Object.fromEntries(
		columns.map((column, index) => [
			column.title,
			cell(column.value(queue), column.width, index === 0 ? 'left' : 'right'),
		]),
	);
}

function UncachedQueueTable({queues, width, headLook, cellLook}: QueueTableProperties): React.JSX.Element {
	const wide = isWideTable(width);
	const columns = wide ? wideColumns : narrowColumns;
	return (
		<Table
			// The table keeps the components that it was made with.
			key={`${String(wide)} ${headLook.on.join(' ')} ${cellLook.on.join(' ')}`}
			cell={cellOf(cellLook, columns)}
			columns={columns.map((column, index) => ({key: column.title, align: index === 0 ? 'left' : 'right'}))}
			data={queues.map(queue => rowOf(queue, columns))}
			header={cellOf(headLook, columns)}
			skeleton={NoLine as () => React.JSX.Element}
		/>
	);
}

/**
The queues in an ink-table, without its lines, so that three rows are three rows. The
library is dear (a hash and a tree of boxes a row): it is drawn again only when the
readings are new, four times a second.
*/
export const QueueTable = memo(UncachedQueueTable);
