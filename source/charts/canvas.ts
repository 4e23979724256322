import {type Block} from './block.js';
import {toAscii} from './glyphs.js';
import {type Role} from './role.js';
import {type Look, type Theme} from './look.js';

/** A rectangle of a screen, in cells. */
export type Rect = {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
};

/** Cells of a row that stand side by side and look alike. */
export type CellRun = {
	readonly x: number;
	readonly text: string;
	readonly role: Role;
	readonly selected: boolean;
};

/** A part of a screen that something was put on: a block, or cells of one with a link. */
export type Region = Rect & {
	/** What it does when it is pressed. */
	readonly link?: string;
	/** Of a panel. */
	readonly title?: string;
};

/** Rows of one value: copies of the first, which is quicker than filling each. */
function grid<Value>(width: number, height: number, value: Value): Value[][] {
	const row = Array.from({length: width}, () => value);
	return Array.from({length: height}, () => row.slice());
}

/**
A screen of cells, each a character with a role, on which blocks are put one over the
other. In ASCII mode glyphs are translated on the way in.
*/
export class Canvas {
	private readonly cells: string[][];
	private readonly roles: Role[][];
	private readonly selected: boolean[][];
	private readonly parts: Region[] = [];

	constructor(
		readonly width: number,
		readonly height: number,
		private readonly ascii: boolean,
	) {
		this.cells = grid<string>(width, height, ' ');
		this.roles = grid<Role>(width, height, 'text');
		this.selected = grid<boolean>(width, height, false);
	}

	/** Puts a block with its upper left corner at (x, y); what lies outside is cut. */
	put(block: Block, x: number, y: number, glyphs?: ReadonlyMap<string, string>): void {
		for (const [row, line] of block.lines.entries()) {
			const target = y + row;
			if (target < 0 || target >= this.height) {
				continue;
			}

			const text = this.ascii ? toAscii(line, glyphs) : line;
			for (let i = 0; i < text.length && x + i < this.width; i++) {
				if (x + i >= 0) {
					this.cells[target][x + i] = text[i];
					this.roles[target][x + i] = 'text';
					this.selected[target][x + i] = false;
				}
			}
		}

		for (const span of block.spans) {
			const target = y + span.row;
			const end = target >= 0 && target < this.height ? Math.min(this.width, x + span.to) : 0;
			for (let i = Math.max(0, x + span.from); i < end; i++) {
				if (span.role === 'select') {
					this.selected[target][i] = true;
				} else {
					this.roles[target][i] = span.role;
				}
			}
		}

		this.keepParts(block, x, y);
	}

	/** What lies on top at a cell; undefined where nothing was put. */
	partAt(x: number, y: number): Region | undefined {
		return this.parts.findLast(part => contains(part, x, y));
	}

	/** The parts in the order in which they were put. */
	get regions(): readonly Region[] {
		return this.parts;
	}

	/** Shows cells as selected. */
	select({x, y, width, height}: Rect): void {
		for (const row of this.selected.slice(Math.max(0, y), y + height)) {
			row.fill(true, Math.max(0, x), Math.min(this.width, x + width));
		}
	}

	private keepParts({width, height, link, title, links = []}: Block, x: number, y: number): void {
		this.parts.push({
			x,
			y,
			width,
			height,
			...(link === undefined ? {} : {link}),
			...(title === undefined ? {} : {title}),
		});
		for (const part of links) {
			this.parts.push({
				x: x + part.from,
				y: y + part.row,
				width: part.to - part.from,
				height: 1,
				link: part.link,
			});
		}
	}

	/** The screen as text, a string a row. */
	text(): string[] {
		return this.cells.map(row => row.join(''));
	}

	/** The screen for who draws it otherwise: neighbours of one role as one run, a list a row. */
	runs(): readonly CellRun[][] {
		return this.cells.map((row, y) => {
			const runs: CellRun[] = [];
			for (let x = 0, start = 0; x < this.width; start = x) {
				const role = this.roles[y][start];
				const selected = this.selected[y][start];
				while (x < this.width && this.roles[y][x] === role && this.selected[y][x] === selected) {
					x++;
				}

				runs.push({
					x: start,
					text: row.slice(start, x).join(''),
					role,
					selected,
				});
			}

			return runs;
		});
	}

	/**
	A part of the screen, or all of it, with the theme's escape sequences; a string a row.
	Neighbours of one look are one run, whatever their roles: each change of look costs
	Ink and the terminal.
	*/
	paint(theme: Theme, part?: Rect): string[] {
		const {
			x: left,
			y: top,
			width,
			height,
		} = part ?? {
			x: 0,
			y: 0,
			width: this.width,
			height: this.height,
		};
		const end = left + width;
		return this.cells.slice(top, top + height).map((row, index) => {
			const roles = this.roles[top + index];
			const selected = this.selected[top + index];
			let line = '';
			let start = left;
			for (let x = start + 1; x <= end; x++) {
				if (
					x < end &&
					selected[x] === selected[start] &&
					(theme.looks[roles[x]] === theme.looks[roles[start]] || (theme.clear && row[x] === ' '))
				) {
					continue;
				}

				line += dress(
					row.slice(start, x).join(''),
					theme.looks[roles[start]],
					selected[start] ? theme.select : undefined,
				);
				start = x;
			}

			return line;
		});
	}
}

/** Text in a look, with a second look over it. Each parameter is a sequence of its own. */
export function dress(text: string, look: Look, over?: Look): string {
	const on = [...look.on, ...(over?.on ?? [])];
	const off = [...(over?.off ?? []), ...look.off.toReversed()];
	return on.map(code => `\u001B[${code}m`).join('') + text + off.map(code => `\u001B[${code}m`).join('');
}

function contains({x, y, width, height}: Rect, column: number, row: number): boolean {
	return column >= x && column < x + width && row >= y && row < y + height;
}
