/** Size of a terminal in cells. */
export type Size = {
	readonly columns: number;
	readonly rows: number;
};

/** The stream's size; 80x24 for a terminal that does not know its own. */
export function terminalSize(stream: {readonly columns?: number; readonly rows?: number}): Size {
	const {columns, rows} = stream;
	return {
		columns: columns !== undefined && columns > 0 ? columns : 80,
		rows: rows !== undefined && rows > 0 ? rows : 24,
	};
}
