import {memo} from 'react';
import {Transform} from 'ink';

export type LinesProperties = {
	/** Finished rows with their escape sequences. */
	readonly rows: readonly string[];
};

/**
Rows of exact size. Ink measures every text that it is given cell by cell, and remembers
it for ever; so it is given the same column of single characters each time, and the rows
come in as a transform.
*/
function UncachedLines({rows}: LinesProperties): React.JSX.Element {
	const column = Array.from({length: rows.length}, () => '.').join('\n');
	return <Transform transform={(line, index) => rows[index] ?? line}>{column}</Transform>;
}

export const Lines = memo(UncachedLines);
