/** Rows that are allocated and shared together. */
const chunkRows = 64;

/**
Rows with consecutive numbers, each with its first `width` places; `isShared`: another history has
them too, so that they may not be written.
*/
type Chunk = {values: Float64Array; width: number; isShared: boolean};

/**
Rows of a history as plain data, the first of its columns from its first row to its last, then the
next; of all other columns they hold 0. Most columns count, and what they grew by from row to row
takes a third of the room.
*/
export type WrittenRows = {
	readonly from: number;
	readonly to: number;
	readonly columns: Int16Array;
	readonly values: Float64Array;
	/** From the second row on, values are what they grew by. */
	readonly isGrowth: boolean;
};

/**
The last rows of a table that only grows, numbered from 0 on, in bounded memory. A copy shares the
rows that both have; each goes on with its own.

Of most tables a part counts what never happens in a run. So a column gets a place in the rows once
it holds something other than 0: a third of the memory, and it is memory that was never touched
before that makes a row dear.
*/
export class History {
	private readonly width: number;
	private readonly capacity: number;
	/** The oldest row kept, and the one after the newest. */
	private from = 0;
	private to = 0;
	/** By number of the chunk from the oldest kept one on. */
	private chunks: Chunk[] = [];
	/** By column: its place in a row, or -1; by place: the column. */
	private placeOf: Int16Array;
	private columns: Int16Array;
	/** How many columns have a place. */
	private places = 0;

	/** `width`: numbers in a row; `capacity`: rows that are kept, 1 or more. */
	constructor(width: number, capacity: number) {
		this.width = width;
		this.capacity = capacity;
		this.placeOf = new Int16Array(width).fill(-1);
		this.columns = new Int16Array(width);
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
		return this.chunks.reduce((sum, {values}) => sum + values.byteLength, 0);
	}

	/** Appends a row, which is copied. */
	append(row: Float64Array): void {
		this.findPlaces(row);
		const {values, width} = this.chunkToWrite();
		const {columns} = this;
		const offset = (this.to % chunkRows) * width;
		for (let place = 0; place < width; place++) {
			values[offset + place] = row[columns[place]];
		}

		this.to++;
		if (this.to - this.from > this.capacity) {
			this.from++;
			if (this.from % chunkRows === 0) {
				this.chunks.shift();
			}
		}
	}

	/** A number of a row that is kept. */
	value(row: number, column: number): number {
		const {values, width} = this.chunks[chunkOf(row) - chunkOf(this.from)];
		const place = this.placeOf[column];
		return place >= 0 && place < width ? values[(row % chunkRows) * width + place] : 0;
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
		const {from, to, places} = this;
		const count = to - from;
		const columns = this.columns.slice(0, places);
		const values = new Float64Array(count * places);
		for (const [place, column] of columns.entries()) {
			for (let row = 0; row < count; row++) {
				values[place * count + row] = this.value(from + row, column);
			}
		}

		const growth = values.map((value, index) => (index % count === 0 ? value : value - values[index - 1]));
		const isExact = summed(growth, count).every((value, index) => value === values[index]);
		return {from, to, columns, values: isExact ? growth : values, isGrowth: isExact};
	}

	/** Has the rows that another history of the same width had. */
	recall({from, to, columns, values, isGrowth}: WrittenRows): void {
		this.from = from;
		this.to = to;
		this.chunks = [];
		this.places = columns.length;
		this.placeOf.fill(-1);
		for (const [place, column] of columns.entries()) {
			this.columns[place] = column;
			this.placeOf[column] = place;
		}

		for (let start = from - (from % chunkRows); start < to; start += chunkRows) {
			this.chunks.push(this.emptyChunk());
		}

		this.fill(values, isGrowth);
	}

	/** Takes the rows of another history of the same width for its own. */
	share(other: History): void {
		this.from = other.from;
		this.to = other.to;
		this.chunks = other.chunks.map(chunk => {
			chunk.isShared = true;
			return {...chunk};
		});
		this.placeOf = other.placeOf.slice();
		this.columns = other.columns.slice();
		this.places = other.places;
	}

	/** Column by column, as they are written, and in one pass: at a start the code is cold. */
	private fill(values: Float64Array, isGrowth: boolean): void {
		const {from, to, places, chunks} = this;
		let next = 0;
		for (let place = 0; place < places; place++) {
			let value = 0;
			let chunk = 0;
			let at = (from % chunkRows) * places + place;
			for (let row = from; row < to; row++) {
				value = isGrowth && row > from ? value + values[next] : values[next];
				chunks[chunk].values[at] = value;
				next++;
				at += places;
				if (at >= chunkRows * places) {
					at = place;
					chunk++;
				}
			}
		}
	}

	/** Gives those columns of a row a place that have none and hold something. */
	private findPlaces(row: Float64Array): void {
		const {placeOf, columns, width} = this;
		for (let column = 0; column < width; column++) {
			if (row[column] !== 0 && placeOf[column] < 0) {
				placeOf[column] = this.places;
				columns[this.places++] = column;
			}
		}
	}

	/** The chunk of the next row, with a place for each column that has one. */
	private chunkToWrite(): Chunk {
		const index = chunkOf(this.to) - chunkOf(this.from);
		if (index === this.chunks.length) {
			this.chunks.push(this.emptyChunk());
		} else if (this.chunks[index].isShared || this.chunks[index].width < this.places) {
			this.chunks[index] = this.copied(this.chunks[index]);
		}

		return this.chunks[index];
	}

	private emptyChunk(): Chunk {
		const width = this.places;
		return {values: new Float64Array(chunkRows * width), width, isShared: false};
	}

	private copied(chunk: Chunk): Chunk {
		const copy = this.emptyChunk();
		for (let row = 0; row < chunkRows; row++) {
			copy.values.set(chunk.values.subarray(row * chunk.width, (row + 1) * chunk.width), row * copy.width);
		}

		return copy;
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
