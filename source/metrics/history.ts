/** Rows that are allocated and shared together. */
const chunkRows = 64;

/**
Rows with consecutive numbers; `isShared`: another history has them too,
so that they may not be written.
*/
type Chunk = {values: Float64Array; isShared: boolean};

/**
Rows of a history as plain data, the first column from its first row to its last, then the second.
Most of them count, and what they grew by from row to row takes a third of the room.
*/
export type WrittenRows = {
	readonly from: number;
	readonly to: number;
	readonly values: Float64Array;
	/** From the second row on, values are what they grew by. */
	readonly isGrowth: boolean;
};

/**
The last rows of a table that only grows, numbered from 0 on, in bounded memory. A copy shares the
rows that both have; each goes on with its own.
*/
export class History {
	private readonly width: number;
	private readonly capacity: number;
	/** The oldest row kept, and the one after the newest. */
	private from = 0;
	private to = 0;
	/** By number of the chunk from the oldest kept one on. */
	private chunks: Chunk[] = [];

	/** `width`: numbers in a row; `capacity`: rows that are kept, 1 or more. */
	constructor(width: number, capacity: number) {
		this.width = width;
		this.capacity = capacity;
	}

	/** Number of the oldest row kept. */
	get start(): number {
		return this.from;
	}

	/** Number of the row that will be appended next. */
	get end(): number {
		return this.to;
	}

	/** Bytes that are held, those that are shared included. */
	get bytes(): number {
		return this.chunks.length * chunkRows * this.width * Float64Array.BYTES_PER_ELEMENT;
	}

	/**
	Appends a row, which the caller writes whole: `width` numbers of the array from the offset on.
	*/
	append(): {readonly values: Float64Array; readonly offset: number} {
		const index = chunkOf(this.to) - chunkOf(this.from);
		if (index === this.chunks.length) {
			this.chunks.push({values: new Float64Array(chunkRows * this.width), isShared: false});
		} else if (this.chunks[index].isShared) {
			this.chunks[index] = {values: this.chunks[index].values.slice(), isShared: false};
		}

		const {values} = this.chunks[index];
		const offset = (this.to % chunkRows) * this.width;
		this.to++;
		if (this.to - this.from > this.capacity) {
			this.from++;
			if (this.from % chunkRows === 0) {
				this.chunks.shift();
			}
		}

		return {values, offset};
	}

	/** A number of a row that is kept. */
	value(row: number, column: number): number {
		return this.chunks[chunkOf(row) - chunkOf(this.from)].values[(row % chunkRows) * this.width + column];
	}

	/** Takes back the rows from `end` on. When older ones are kept no longer, none is. */
	rewind(end: number): void {
		this.to = end;
		if (end < this.from) {
			this.from = end;
			this.chunks = [];
		}

		this.chunks.length = Math.min(
			this.chunks.length,
			end === this.from ? 0 : chunkOf(end - 1) - chunkOf(this.from) + 1,
		);
	}

	/** The rows that are kept, as plain data. */
	written(): WrittenRows {
		const {from, to, width} = this;
		const count = to - from;
		const columns = new Float64Array(count * width);
		for (let column = 0; column < width; column++) {
			for (let row = 0; row < count; row++) {
				columns[column * count + row] = this.value(from + row, column);
			}
		}

		const growth = columns.map((value, place) => (place % count === 0 ? value : value - columns[place - 1]));
		const isExact = summed(growth, count).every((value, place) => value === columns[place]);
		return {from, to, values: isExact ? growth : columns, isGrowth: isExact};
	}

	/** Has the rows that another history of the same width had. */
	recall({from, to, values, isGrowth}: WrittenRows): void {
		const {width} = this;
		this.from = from;
		this.to = to;
		this.chunks = [];
		let place = 0;
		for (let start = from - (from % chunkRows); start < to; start += chunkRows) {
			this.chunks.push({values: new Float64Array(chunkRows * width), isShared: false});
		}

		// Column by column, as they are written; once, in code that is cold at a start.
		for (let column = 0; column < width; column++) {
			let value = 0;
			let chunk = 0;
			let at = (from % chunkRows) * width + column;
			for (let row = from; row < to; row++) {
				value = isGrowth && row > from ? value + values[place] : values[place];
				this.chunks[chunk].values[at] = value;
				place++;
				at += width;
				if (at >= chunkRows * width) {
					at = column;
					chunk++;
				}
			}
		}
	}

	/** Takes the rows of another history of the same width for its own. */
	share(other: History): void {
		this.from = other.from;
		this.to = other.to;
		this.chunks = other.chunks.map(chunk => {
			chunk.isShared = true;
			return {...chunk};
		});
	}
}

function chunkOf(row: number): number {
	return Math.floor(row / chunkRows);
}

/** What columns of so many rows come to that have grown by so much. */
function summed(growth: Float64Array, count: number): Float64Array {
	const columns = growth.slice();
	for (let place = 1; place < columns.length; place++) {
		if (place % count > 0) {
			columns[place] += columns[place - 1];
		}
	}

	return columns;
}
