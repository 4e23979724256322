/** The cursor at the start of a row, counted from 0. */
function toRow(row: number): string {
	return `\u001B[${row + 1};1H`;
}

/**
Turns frames into what has to be written so that a terminal shows them: only rows that differ from
those of the frame before, each as it was painted. A terminal that has been cleared, or that shows
what another program wrote, needs a new writer.

Each row is put in its place by its number and is cleared before it is written: behind its last cell
the cursor would stand on that cell, since lines do not wrap, and clearing from there would take it
away. A row must end with the looks that it began with, and hold no line end.
*/
export class FrameWriter {
	private shown: readonly string[] = [];

	/** What makes a screen that shows the frame before show this one; empty when it does. */
	next(rows: readonly string[]): string {
		const {shown} = this;
		let text = '';
		for (const [index, row] of rows.entries()) {
			if (row !== (shown[index] ?? '')) {
				text += `${toRow(index)}\u001B[K${row}`;
			}
		}

		if (rows.length < shown.length) {
			text += `${toRow(rows.length)}\u001B[J`;
		}

		this.shown = rows;
		return text;
	}
}
