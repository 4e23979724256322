import {expect, test} from 'vitest';
import {makeBlock, piece} from '../../source/charts/block.js';
import {Canvas} from '../../source/charts/canvas.js';
import {themeOf} from '../../source/dashboard/theme.js';
import {type ColorDepth} from '../../source/terminal/capabilities.js';

const block = makeBlock(6, 2, [
	['a', piece('bc', 'spin'), piece('·', 'dim')],
	[piece('x', 'frame'), piece('y', 'dim')],
]);

function stripped(rows: readonly string[]): string[] {
	return rows.map(row =>
		row
			.split('\u001B')
			.map((part, index) => (index === 0 ? part : part.replace(/^\[[\d;]*m/v, '')))
			.join(''),
	);
}

test('blocks lie over one another and are cut at the edges', () => {
	const canvas = new Canvas(4, 2, false);
	canvas.put(block, 1, 0);
	canvas.put(block, -2, 1);
	canvas.put(block, 99, 99);
	expect(canvas.text()).toEqual([' abc', 'c·  ']);
});

test("in ASCII the glyphs are translated, by the panel's own table first", () => {
	const canvas = new Canvas(6, 1, true);
	canvas.put(makeBlock(3, 1, [['▒·│']]), 0, 0);
	canvas.put(makeBlock(3, 1, [['▒·│']]), 3, 0, new Map([['▒', 'p']]));
	expect(canvas.text()).toEqual(['e.|p.|']);
});

test.each(['none', '16', '256', 'truecolor'] as const)(
	'colours are a layer: with %s the text is the same',
	(depth: ColorDepth) => {
		for (const name of ['native', 'night', 'paper'] as const) {
			const canvas = new Canvas(6, 2, false);
			canvas.put(block, 0, 0);
			const painted = canvas.paint(themeOf(name, depth));
			expect(stripped(painted)).toEqual(['abc·  ', 'xy    ']);
		}
	},
);

test('neighbours of one look are one run, and each run ends what it began', () => {
	const canvas = new Canvas(6, 2, false);
	canvas.put(block, 0, 0);
	expect(canvas.paint(themeOf('native', '16'))).toEqual([
		'a\u001B[1m\u001B[31mbc\u001B[39m\u001B[22m\u001B[90m·  \u001B[39m',
		'\u001B[90mxy    \u001B[39m',
	]);
	expect(
		canvas.paint(themeOf('native', '16'), {
			x: 1,
			y: 0,
			width: 2,
			height: 1,
		}),
	).toEqual(['\u001B[1m\u001B[31mbc\u001B[39m\u001B[22m']);
});

test('without colour there are only bold and reverse', () => {
	const canvas = new Canvas(6, 1, false);
	canvas.put(makeBlock(6, 1, [[piece('va', 'value'), piece('sp', 'spin'), piece('se', 'select')]]), 0, 0);
	expect(canvas.paint(themeOf('night', 'none'))).toEqual(['\u001B[1mva\u001B[22msp\u001B[7mse\u001B[27m']);
});

test('a theme with a background paints every cell', () => {
	const canvas = new Canvas(3, 1, false);
	expect(canvas.paint(themeOf('night', 'truecolor'))[0]).toContain('\u001B[48;2;15;20;25m');
	expect(themeOf('night', 'truecolor')).toBe(themeOf('night', 'truecolor'));
});
