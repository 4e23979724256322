import fc from 'fast-check';
import {expect, test} from 'vitest';
import {apportion} from '../../source/charts/apportion.js';
import {bar} from '../../source/charts/bar.js';
import {cellText, lineLength, makeBlock} from '../../source/charts/block.js';
import {asciiGlyphs, ringGlyphs, toAscii} from '../../source/charts/glyphs.js';
import {panel} from '../../source/charts/panel.js';
import {stageBar, type StageSegment} from '../../source/charts/stage-bar.js';

test('parts sum to the whole, and nothing that is there is left out', () => {
	fc.assert(
		fc.property(
			fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 1, maxLength: 9}),
			fc.integer({min: 9, max: 200}),
			(shares, total) => {
				const cells = apportion(shares, total, 1);
				const sum = shares.reduce((left, right) => left + right, 0);
				expect(cells.reduce((left, right) => left + right, 0)).toBe(sum === 0 ? 0 : total);
				for (const [index, share] of shares.entries()) {
					expect(cells[index] > 0).toBe(share > 0);
				}
			},
		),
	);
});

test('a bar gives each part that is not nothing a cell', () => {
	const parts = [
		{share: 0.872, glyph: '█', role: 'guest'},
		{share: 0.003, glyph: '╳', role: 'spin'},
		{share: 0.125, glyph: '▒', role: 'exit'},
		{share: 0, glyph: '·', role: 'dim'},
	] as const;
	expect(makeBlock(20, 1, [bar(parts, 20)]).lines[0]).toBe('█████████████████╳▒▒');
	expect(lineLength(bar([{share: 0, glyph: '█', role: 'guest'}], 7))).toBe(7);
});

/** Stages of the seed preset, us. */
const stages: StageSegment[] = (
	[
		['prepare', 11.5, '█'],
		['lock', 4.5, '╳'],
		['doorbell', 7.7, '▓'],
		['host wait', 13.1, '░'],
		['service', 8.2, '█'],
		['irq', 1.5, '▒'],
		['worker', 4.3, '░'],
		['reap', 1.6, '█'],
	] as const
).map(([name, microseconds, glyph]) => ({
	name,
	microseconds,
	share: microseconds / 52.4,
	glyph,
	role: 'text',
}));

test('the stage bar is filled, and its labels stand under their segments with the most words that fit', () => {
	expect(makeBlock(118, 2, [...stageBar(stages, 118)]).lines).toEqual([
		' █████████████████████████╳╳╳╳╳╳╳╳╳╳▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░░░░░░░░░░░░░░░░░░░░██████████████████▒▒▒░░░░░░░░░░████ ',
		' prepare 11.5 us 21.9 %   lock 4.5  doorbell 7.7 us  host wait 13.1 us 25.0 %     service 8.2 us    ' +
			'worker+ 5.8  reap ',
	]);
});

test('a segment that is too narrow for its name is joined to a neighbour, and no label is cut', () => {
	const [bar, labels] = makeBlock(78, 2, [...stageBar(stages, 78)]).lines;
	expect(bar).toHaveLength(78);
	expect(labels).toBe(' prepare 11.5 us  lock   doorbell   host wait 13.1 us  service 8.2 worker+    ');
	for (let width = 10; width < 130; width++) {
		const [, row] = makeBlock(width, 2, [...stageBar(stages, width)]).lines;
		for (const word of row.split(' ')) {
			expect([
				'',
				'us',
				'%',
				...stages.map(({name}) => name),
				'host',
				'wait',
				'wait+',
				...stages.map(({name}) => `${name}+`),
			]).toContain(/^[\d.]+$/v.test(word) ? '' : word);
		}
	}
});

test('a frame has the title left and the value right, and exact size', () => {
	const block = panel(
		{
			width: 43,
			height: 3,
			title: 'Throughput',
			value: '28.2k cmd/s',
		},
		[['abc']],
	);
	expect(block.lines).toEqual([
		'╭ Throughput ──────────────── 28.2k cmd/s ╮',
		'│abc                                      │',
		'╰─────────────────────────────────────────╯',
	]);
	expect(
		panel(
			{
				width: 20,
				height: 2,
				title: 'A title that is too long',
				value: '12 %',
				style: 'focus',
			},
			[],
		).lines,
	).toEqual(['┏ A title … ━ 12 % ┓', '┗━━━━━━━━━━━━━━━━━━┛']);
});

test('a frame of any size keeps it', () => {
	const anyText = fc.string({unit: fc.constantFrom('a', '1', ' ', '─'), maxLength: 70});
	fc.assert(
		fc.property(
			fc.integer({min: 0, max: 60}),
			fc.integer({min: 0, max: 12}),
			anyText,
			anyText,
			(width, height, title, value) => {
				const block = panel(
					{
						width,
						height,
						title,
						value,
					},
					[['x'.repeat(80)]],
				);
				expect(block.lines).toHaveLength(height);
				expect(block.lines.every(line => line.length === width)).toBe(true);
			},
		),
	);
});

test('ASCII keeps the number of characters', () => {
	expect(toAscii('╭ a ─╮ ▸ ◄64► ⣀')).toBe('. a -. > <64> :');
	expect(toAscii('·░▒▓█', ringGlyphs)).toBe('.vpxu');
	for (const [glyph, ascii] of asciiGlyphs) {
		expect(glyph).toHaveLength(1);
		expect(ascii).toMatch(/^[ -~]$/v);
	}
});

test('text from outside has one cell a character', () => {
	expect(cellText('a\u001B[2Jb\tc漢😀é')).toBe('a?[2Jb?c??é');
});

test('a share that reads 0.0 % has no cell in a bar, one that reads 0.1 % has', () => {
	const cells = (spin: number) =>
		makeBlock(20, 1, [
			bar(
				[
					{share: 0.5, glyph: '█', role: 'guest'},
					{share: spin, glyph: '╳', role: 'spin'},
					{share: 0.5 - spin, glyph: '·', role: 'dim'},
				],
				20,
			),
		]).lines[0];
	expect(cells(0.0004)).toBe(`${'█'.repeat(10)}${'·'.repeat(10)}`);
	expect(cells(0.0006)).toContain('╳');
});
