import {expect, test} from 'vitest';
import {paletteChoices} from '../../source/session/palette-entries.js';
import {type Overlay} from '../../source/session/interface-state.js';
import {keysOf} from '../../source/session/key-table.js';
import {type PresetSummary} from '../../source/session/preset-shelf.js';
import {canonical} from './canonical.js';
import {desk, screenOf} from './render-screen.js';

const presets: readonly PresetSummary[] = Array.from({length: 14}, (_, index) => ({
	name: index === 0 ? canonical.preset : `preset-${index + 1}`,
	title: `Title ${index + 1}`,
	theme: 'lock and kick',
	source: `source ${index + 1}`,
	story:
		'A CPU-bound single-threaded game shows bad contention on ctrlq.qlock. The submitter rings the doorbell ' +
		'with the lock held and sits in a VM exit; the dequeue worker spins.',
	try: ['driver.lockPolicy=kick-after-unlock', 'queue.size=1024'],
}));

function show(overlay: Overlay, columns: number, rows: number): string {
	const text = overlay.kind === 'palette' ? overlay.text : '';
	return screenOf(canonical, columns, rows, {
		overlay: {
			overlay,
			presets,
			matches: paletteChoices(desk, text),
			value: '8us',
		},
	}).join('\n');
}

const editor: Overlay = {
	kind: 'editor',
	key: 'host.cost.loopWake',
	text: '1',
	error: '"1" has no unit: a duration needs one, as in 1us or 1ms',
};
const picker: Overlay = {
	kind: 'picker',
	index: 2,
	filter: '',
	filtering: false,
};
const palette: Overlay = {
	kind: 'palette',
	text: 'st',
	index: 0,
	error: undefined,
};
const save: Overlay = {kind: 'save', text: 'mine.json', error: undefined};
const help: Overlay = {kind: 'help', scroll: 0};
const explain: Overlay = {kind: 'explain', word: 'driver.lockPolicy', scroll: 0};

test.each([
	[120, 36],
	[80, 24],
])('overlays at %ix%i are what they were', (columns, rows) => {
	for (const overlay of [picker, palette, save, help, explain]) {
		expect(show(overlay, columns, rows)).toMatchSnapshot(overlay.kind);
	}
});

test.each([
	[120, 36],
	[80, 24],
	[60, 18],
])('the editor at %ix%i has field, error, present value and range', (columns, rows) => {
	const text = show(editor, columns, rows);
	expect(text).toContain('╔ host.cost.loopWake ═');
	expect(text).toContain('new value  ▏1_');
	expect(text).toContain('now  8us');
	expect(text).toContain('✗ "1" has no unit');
	expect(text).toContain('range  0ns to');
	expect(text.split('\n').at(-1)).toContain('Enter apply');
});

test('an overlay leaves the five fixed rows and hides the table where it lies on it', () => {
	const plain = screenOf(canonical, 120, 36);
	for (const overlay of [editor, picker, palette, save, help, explain]) {
		const lines = show(overlay, 120, 36).split('\n');
		expect(lines).toHaveLength(35);
		expect([...lines.slice(0, 2), ...lines.slice(31, 34)]).toEqual([...plain.slice(0, 2), ...plain.slice(31, 34)]);
		for (const line of lines) {
			expect(line.length).toBeLessThanOrEqual(120);
		}
	}

	const table = show(help, 120, 36).split('\n')[23];
	expect(table.slice(0, 2)).toBe('│ ');
	expect(table).not.toMatch(/cmd\/s/v);
});

/** Rows that every overlay has. */
const fewestRows = 10;

/** All lines of an overlay that scrolls. */
function scrolledThrough(overlay: Extract<Overlay, {readonly scroll: number}>, columns: number, rows: number): string {
	const pages = [show(overlay, columns, rows)];
	const {scrollLimit} = desk;
	for (let scroll = fewestRows; scroll < scrollLimit + fewestRows; scroll += fewestRows) {
		pages.push(show({...overlay, scroll}, columns, rows));
	}

	return pages.join('\n');
}

test.each([
	[120, 36],
	[80, 24],
	[60, 18],
])('help at %ix%i has every command of every view with its keys, scrolled', (columns, rows) => {
	for (const view of desk.tabs) {
		desk.update({view: view.id});
		const text = scrolledThrough(help, columns, rows);
		expect(desk.offered.length).toBeGreaterThan(30);
		for (const command of desk.offered) {
			const keys = [...desk.viewScopes, 'always'].flatMap(scope =>
				keysOf(command.id, scope, desk.registry.bindings),
			);
			expect(keys.length === 0 || text.includes(command.label), command.id).toBe(true);
			expect(text, command.id).toContain([...new Set(keys)].join(' '));
		}
	}

	desk.update({view: 'overview'});
});

test('every command of every view is in the palette', () => {
	for (const view of desk.tabs) {
		desk.update({view: view.id});
		for (const command of desk.offered) {
			const found = paletteChoices(desk, command.label);
			expect(found.some(({about, label}) => label === command.label && about === command.id)).toBe(true);
		}
	}

	desk.update({view: 'overview'});
});
