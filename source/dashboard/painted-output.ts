type Transformer = (line: string, index: number) => string;

/** Part of a frame, in cells; an edge that is not given does not clip. */
export type Clip = {
	readonly x1?: number | undefined;
	readonly x2?: number | undefined;
	readonly y1?: number | undefined;
	readonly y2?: number | undefined;
};

type Write = {
	readonly type: 'write';
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly transformers: readonly Transformer[];
};

type Operation = Write | {readonly type: 'clip'; readonly clip: Clip} | {readonly type: 'unclip'};

type Size = {readonly width: number; readonly height: number};

/**
What Ink (6.8, `build/output.js`) draws a frame on: operations are collected, `get` carries them out
cell by cell.
*/
export type InkOutput = Size & {
	readonly operations: readonly Operation[];
	write(x: number, y: number, text: string, options: {readonly transformers: readonly Transformer[]}): void;
	clip(clip: Clip): void;
	unclip(): void;
	get(): {readonly output: string; readonly height: number};
};

export type InkOutputClass = new (size: Size) => InkOutput;

/** A line after its transformers. */
function transformed({text, transformers}: Write): string[] {
	return text.split('\n').map((line, index) => {
		let result = line;
		for (const transformer of transformers) {
			result = transformer(result, index);
		}

		return result;
	});
}

/**
Rows that are drawn cell by cell, from `first` to before `end`, and what they were drawn from.
*/
type Mixed = {readonly key: string; readonly rows: readonly string[]};

/**
An output of Ink's that lets a painted row go out as it was painted. Ink takes every row apart into
cells and puts the same row together again, half of what a frame costs; only where texts overlap, or
one is clipped, is there a need to. A row with one writer, from the left edge and not clipped, is
that writer's line.

Rows that are drawn cell by cell are kept until something in them changes.
*/
export function paintedOutput(Output: InkOutputClass): InkOutputClass {
	let kept: Mixed = {key: '', rows: []};

	/** The rows from `first` on, by Ink's own output. */
	function mixedRows(operations: readonly Operation[], width: number, first: number, end: number): readonly string[] {
		const part = new Output({width, height: end - first});
		let key = `${width} ${first} ${end}`;
		let clips = 0;
		for (const operation of operations) {
			if (operation.type === 'clip') {
				const {x1, x2, y1, y2} = operation.clip;
				clips++;
				key += `\n[${x1} ${x2} ${y1} ${y2}`;
				part.clip({x1, x2, y1: y1 === undefined ? y1 : y1 - first, y2: y2 === undefined ? y2 : y2 - first});
			} else if (operation.type === 'unclip') {
				clips--;
				key += '\n]';
				part.unclip();
			} else {
				const {x, y, text, transformers} = operation;
				const lines = transformed(operation);
				if (clips > 0) {
					key += `\n${x} ${y} ${lines.join('\n')}`;
					part.write(x, y - first, text, {transformers});
				} else if (y < end && y + lines.length > first) {
					const inside = lines.slice(Math.max(0, first - y), end - y).join('\n');
					key += `\n${x} ${y} ${inside}`;
					part.write(x, Math.max(0, y - first), inside, {transformers: []});
				}
			}
		}

		if (key !== kept.key) {
			kept = {key, rows: part.get().output.split('\n')};
		}

		return kept.rows;
	}

	return class extends Output {
		override get(): {readonly output: string; readonly height: number} {
			const {width, height, operations} = this;
			const rows = Array.from({length: height}, () => '');
			const isWritten = new Uint8Array(height);
			let first = height;
			let end = 0;
			let clips = 0;
			for (const operation of operations) {
				if (operation.type !== 'write') {
					clips += operation.type === 'clip' ? 1 : -1;
					continue;
				}

				const {x, y} = operation;
				if (y < 0) {
					return super.get();
				}

				for (const [index, line] of transformed(operation).entries()) {
					const row = y + index;
					if (row >= height) {
						break;
					}

					if (x !== 0 || clips > 0 || isWritten[row] === 1) {
						first = Math.min(first, row);
						end = Math.max(end, row + 1);
					}

					isWritten[row] = 1;
					rows[row] = line.trimEnd();
				}
			}

			if (first < end) {
				rows.splice(first, end - first, ...mixedRows(operations, width, first, end));
			}

			return {output: rows.join('\n'), height};
		}
	};
}
