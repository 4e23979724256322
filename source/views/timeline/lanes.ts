import {type Line, piece, type Piece} from '../../charts/block.js';
import {type Role} from '../../charts/role.js';
import {addPart, type CellPart, cellState} from '../../tracking/cell-state.js';
import {type CommandLife, type Excerpt, type Segment, type Track, type TrackState} from '../../tracking/excerpt.js';
import {type Shown} from './columns.js';

/** A cell of a lane. */
export type Cell = {glyph: string; role: Role};

/** A lane: its name and its cells. */
export type Lane = {readonly key: string; readonly name: string; readonly cells: readonly Cell[]};

const glyphs: Readonly<Record<TrackState, readonly [glyph: string, role: Role]>> = {
	idle: ['·', 'dim'],
	run: ['━', 'guest'],
	hold: ['█', 'lock'],
	spin: ['╳', 'spin'],
	exit: ['▓', 'exit'],
	bql: ['░', 'wait'],
	irq: ['!', 'irq'],
	waking: ['→', 'wait'],
	noCpu: ['~', 'warn'],
	room: ['_', 'warn'],
	halt: ['z', 'wait'],
	owned: ['?', 'lock'],
};

/** The marks of the lanes in ASCII, where they differ from the usual ones. */
export const laneGlyphs: ReadonlyMap<string, string> = new Map([
	['▓', 'e'],
	['░', 'w'],
	['█', '#'],
]);

/** Index of the first segment that ends after a time. */
function firstAfter(segments: readonly Segment[], time: number): number {
	let [low, high] = [0, segments.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (segments[middle].end > time) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	return low;
}

/** What stands for each cell of a stretch; undefined where nothing is known. */
export function cellsOf({segments}: Track, {from, to, column}: Shown): ReadonlyArray<CellPart | undefined> {
	const count = Math.round((to - from) / column);
	const parts = Array.from({length: count}, (): CellPart[] => []);
	for (let index = firstAfter(segments, from); index < segments.length && segments[index].start < to; index++) {
		const {start, end, state, actor} = segments[index];
		const last = Math.min(count - 1, Math.floor((end - from) / column));
		for (let cell = Math.max(0, Math.floor((start - from) / column)); cell <= last; cell++) {
			const inside = Math.min(end, from + (cell + 1) * column) - Math.max(start, from + cell * column);
			if (inside > 0) {
				addPart(parts[cell], state, actor, inside);
			}
		}
	}

	return parts.map(own => cellState(own, column));
}

const blank: Cell = {glyph: ' ', role: 'text'};

/** The cells of a track, as they are drawn. */
function drawn(excerpt: Excerpt, track: Track, shown: Shown): Cell[] {
	return cellsOf(track, shown).map((part): Cell => {
		if (part === undefined) {
			return {...blank};
		}

		if (part.state === 'owned') {
			const {letter, side} = excerpt.cast[part.actor];
			return {glyph: letter, role: side === 'host' ? 'host' : 'lock'};
		}

		const [glyph, role] = glyphs[part.state];
		return {glyph, role: track.kind === 'server' && part.state === 'run' ? 'host' : role};
	});
}

const cellAt = ({from, column}: Shown, time: number): number => Math.floor((time - from) / column);

/**
The main loop's lane with its marks: numbers of the commands in service,
`p` for a pop, `│` for a push.
*/
function serverCells(excerpt: Excerpt, track: Track, shown: Shown): Cell[] {
	const cells = drawn(excerpt, track, shown);
	const mark = (time: number, glyph: string): void => {
		const at = cellAt(shown, time);
		if (at >= 0 && at < cells.length && cells[at].glyph === '━') {
			cells[at] = {glyph, role: 'host'};
		}
	};

	for (const {kind, time} of excerpt.moments) {
		if (kind === 'pop' || kind === 'push') {
			mark(time, kind === 'pop' ? 'p' : '│');
		}
	}

	for (const {actor, start, end} of track.segments) {
		const first = cellAt(shown, start) + 1;
		const text = String(actor % 1000).padStart(3, '0');
		if (actor < 0 || cellAt(shown, end) - first < text.length || end <= shown.from || start >= shown.to) {
			continue;
		}

		for (const [index, digit] of [...text].entries()) {
			const at = first + index;
			if (at >= 0 && at < cells.length && cells[at].glyph === '━') {
				cells[at] = {glyph: digit, role: 'text'};
			}
		}
	}

	return cells;
}

/** Who runs most on a vCPU, of those that took a lock there. */
function vcpuName({holds, cast}: Excerpt, vcpu: number): string {
	const times = new Map<string, number>();
	for (const {actor, vcpu: own, start, end} of holds) {
		if (own === vcpu) {
			const name = cast[actor].letter === 'W' ? 'worker' : cast[actor].letter === 'S' ? cast[actor].name : '';
			times.set(name, (times.get(name) ?? 0) + end - start);
		}
	}

	const [most] = [...times].filter(([name]) => name !== '').toSorted(([, a], [, b]) => b - a);
	return `vCPU ${vcpu} ${most?.[0] ?? ''}`.trimEnd();
}

const time = ({segments}: Track, accept: (state: TrackState) => boolean): number => {
	let sum = 0;
	for (const {state, start, end} of segments) {
		sum += accept(state) ? end - start : 0;
	}

	return sum;
};

/** The tracks of lanes by their keys. */
export function laneTracks({tracks}: Excerpt, keys: readonly string[]): ReadonlyArray<Track | undefined> {
	return keys.map(key => tracks.find(({kind, index}) => key === `${kind} ${index}`));
}

const isRunning = (state: TrackState): boolean => state !== 'idle' && state !== 'owned';

/**
vCPUs by relevance: those that spin first, then the busiest; as many as there
is room for, in their own order.
*/
function vcpusShown(tracks: readonly Track[], most: number): readonly Track[] {
	const chosen = tracks
		.filter(({kind}) => kind === 'vcpu')
		.map(track => ({
			track,
			weight: time(track, state => state === 'spin') * 1000 + time(track, isRunning),
		}))
		.toSorted((a, b) => b.weight - a.weight)
		.slice(0, most)
		.map(({track}) => track);
	return chosen.toSorted((a, b) => a.index - b.index);
}

/**
The lanes of an excerpt from the top, in so many rows; vCPUs that have no room
are left out, the idlest first.
*/
export function lanesOf(excerpt: Excerpt, shown: Shown, rows: number, isLarge: boolean): readonly Lane[] {
	const {tracks, sizes, resources} = excerpt;
	const has = (kind: Track['kind'], index = 0): Track | undefined =>
		tracks.find(track => track.kind === kind && track.index === index);
	const owners = sizes
		.map((_, queue) => has('lock', queue))
		.filter(track => track !== undefined)
		.filter(({index, segments}) => index === 0 || segments.some(({state}) => state === 'owned'));
	const bql = has('bql');
	const usesBql = bql?.segments.some(({state}) => state === 'owned') === true;
	const fixed = 1 + owners.length + (usesBql ? 1 : 0);
	const vcpus = vcpusShown(tracks, Math.max(1, rows - fixed));
	const spare = Math.max(0, rows - fixed - vcpus.length);
	const extra = isLarge ? busyTracks(tracks, spare) : [];
	const lane = (track: Track, name: string): Lane => ({
		key: `${track.kind} ${track.index}`,
		name,
		cells: track.kind === 'server' ? serverCells(excerpt, track, shown) : drawn(excerpt, track, shown),
	});
	const server = has('server');
	return [
		...extra.filter(({kind}) => kind === 'hostCpu').map(track => lane(track, `host CPU ${track.index}`)),
		...vcpus.map(track => lane(track, vcpuName(excerpt, track.index))),
		...extra.filter(({kind}) => kind === 'thread').map(track => lane(track, excerpt.cast[track.index].name)),
		...(server === undefined ? [] : [lane(server, excerpt.serverName)]),
		...owners.map(track => lane(track, `${resources[track.index].name.replace('ctrlq.', '')} owner`)),
		...(usesBql ? [lane(bql, 'BQL owner')] : []),
	].slice(0, Math.max(1, rows));
}

/** Host CPUs and guest threads that are not idle all the time, the busiest of so many. */
function busyTracks(tracks: readonly Track[], most: number): readonly Track[] {
	return tracks
		.filter(({kind}) => kind === 'hostCpu' || kind === 'thread')
		.map(track => ({track, weight: time(track, state => state !== 'idle')}))
		.filter(({weight}) => weight > 0)
		.toSorted((a, b) => b.weight - a.weight)
		.slice(0, most)
		.map(({track}) => track)
		.toSorted((a, b) => a.index - b.index);
}

/** The row of a command: waits, is in service, is used and not answered. */
export function commandCells(life: CommandLife, shown: Shown, count: number): Cell[] {
	const {published, serviceStart, fenced, used, responded} = life;
	const end = responded < 0 ? Infinity : responded;
	return Array.from({length: count}, (_, index): Cell => {
		const at = shown.from + (index + 0.5) * shown.column;
		if (at < published || at >= end) {
			return {...blank};
		}

		return used >= 0 && at >= used
			? {glyph: '█', role: 'used'}
			: fenced >= 0 && at >= fenced
				? {glyph: 'F', role: 'wait'}
				: serviceStart >= 0 && at >= serviceStart
					? {glyph: '▓', role: 'host'}
					: {glyph: '░', role: 'wait'};
	});
}

/** Cells with a glyph where something happened. */
export function marks(times: readonly number[], shown: Shown, count: number, glyph: string, role: Role): Cell[] {
	const cells = Array.from({length: count}, (): Cell => ({...blank}));
	for (const at of times) {
		const cell = cellAt(shown, at);
		if (cell >= 0 && cell < count) {
			cells[cell] = {glyph, role};
		}
	}

	return cells;
}

/** Texts where they begin, each with a blank before it; one without room is left out. */
export function texts(
	placed: ReadonlyArray<readonly [time: number, text: string]>,
	shown: Shown,
	count: number,
): Cell[] {
	const cells = Array.from({length: count}, (): Cell => ({...blank}));
	let free = 0;
	for (const [at, text] of placed) {
		const first = Math.max(0, cellAt(shown, at));
		if (at < shown.to && first >= free && first + text.length <= count) {
			for (const [index, character] of [...text].entries()) {
				cells[first + index] = {glyph: character, role: 'text'};
			}

			free = first + text.length + 1;
		}
	}

	return cells;
}

/**
Cells as pieces of a line: neighbours of one role together; those of the cursor's column are marked.
*/
export function lineOf(cells: readonly Cell[]): Line {
	const line: Piece[] = [];
	for (let at = 0; at < cells.length;) {
		let end = at + 1;
		while (end < cells.length && cells[end].role === cells[at].role) {
			end++;
		}

		line.push(
			piece(
				cells
					.slice(at, end)
					.map(({glyph}) => glyph)
					.join(''),
				cells[at].role,
			),
		);
		at = end;
	}

	return line;
}
