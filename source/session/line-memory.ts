type Value = number | null;
type Range = {readonly from: number; readonly to: number};

/**
Values of lines by path and column, while the columns are as long and the run is the same: a column
that is complete does not change.
*/
export class LineMemory {
	private owner: unknown;
	private column = 0;
	private readonly lines = new Map<string, Map<number, Value>>();

	/** The values of columns [from, to), oldest first; `value` makes those that are new. */
	line(
		owner: unknown,
		column: number,
		path: string,
		{from, to}: Range,
		value: (index: number) => Value,
	): readonly Value[] {
		if (this.owner !== owner || this.column !== column) {
			this.owner = owner;
			this.column = column;
			this.lines.clear();
		}

		const known = this.lines.get(path);
		const line = new Map<number, Value>();
		for (let index = from; index < to; index++) {
			const kept = known?.get(index);
			line.set(index, kept === undefined ? value(index) : kept);
		}

		this.lines.set(path, line);
		return [...line.values()];
	}
}
