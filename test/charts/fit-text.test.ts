import fc from 'fast-check';
import {expect, test} from 'vitest';
import {axisLabel, fitAxis} from '../../source/charts/axis.js';
import {cell, fitText} from '../../source/charts/fit-text.js';
import {
	countFigure,
	durationFigure,
	groupedFigure,
	microsecondsFigure,
	perSecondFigure,
	shareFigure,
	slotsFigure,
} from '../../source/charts/format-number.js';

test.each([
	['words that fit', 14, 'start', 'words that fit'],
	['words that do not', 10, 'start', 'words tha…'],
	['trailing blanks are nothing      ', 27, 'start', 'trailing blanks are nothing'],
	['size 32768', 9, 'start', 'size …'],
	['646 of 832 waits/s', 9, 'start', '646 of …'],
	['mean 52.4 us, p99', 9, 'start', 'mean …'],
	['mean 52.4 us, p99', 13, 'start', 'mean 52.4 us…'],
	['32768', 4, 'start', '####'],
	['host.cost.exitToUser', 12, 'both', 'host.c…oUser'],
	['base_flood1_p2.txt', 12, 'both', 'base_f…2.txt'],
	['lognormal(6us,0.5)', 16, 'end', '…normal(6us,0.5)'],
	['gets 1234', 4, 'end', '…'],
	['x', 0, 'start', ''],
] as const)('%j in %i cells, %s kept, is %j', (text, width, kept, shown) => {
	expect(fitText(text, width, kept)).toBe(shown);
});

test('a number takes the best form that fits, or none', () => {
	expect([6, 5, 4, 3, 2].map(width => fitText(slotsFigure(1022.85), width))).toEqual([
		'1,023',
		'1,023',
		'1.0k',
		'1k',
		'1k',
	]);
	expect([6, 5, 4, 3, 2, 1].map(width => fitText(groupedFigure(32_768), width))).toEqual([
		'32,768',
		'32.8k',
		'33k',
		'33k',
		'##',
		'#',
	]);
	expect([5, 4, 3, 2].map(width => fitText(countFigure(0.254), width))).toEqual(['0.254', '0.25', '0.3', '##']);
	expect([5, 4].map(width => fitText(countFigure(0.0004), width))).toEqual(['0.000', '####']);
	expect([7, 6, 5].map(width => fitText(durationFigure(1_150_000), width))).toEqual(['1.15 ms', '1.1 ms', '1 ms']);
	expect(fitText(shareFigure(1e6), 5)).toBe('100M');
	expect(fitText(microsecondsFigure(1e9), 6)).toBe('1.00G');
	expect(fitText(countFigure(null), 1)).toBe('-');
});

test('a cell has its width, whatever is in it', () => {
	fc.assert(
		fc.property(
			fc.string({maxLength: 40}),
			fc.nat(50),
			fc.constantFrom('start', 'end', 'both'),
			fc.constantFrom('left', 'right'),
			(text, width, kept, align) => {
				expect(cell(text, width, align, kept)).toHaveLength(width);
			},
		),
	);
});

/** What a form says, as a number. */
function valueOf(form: string): number {
	const [, digits, suffix] = /^([\d.,]+)([kMG]?)/v.exec(form) ?? [];
	return Number(digits.replaceAll(',', '')) * 1000 ** ['', 'k', 'M', 'G'].indexOf(suffix);
}

test('every form of a number is that number, rounded to its last digit', () => {
	const figures = [countFigure, slotsFigure, groupedFigure, perSecondFigure, microsecondsFigure];
	fc.assert(
		fc.property(
			fc.double({min: 0, max: 9e10, noNaN: true}),
			fc.integer({min: 1, max: 12}),
			fc.constantFrom(...figures),
			(value, width, figure) => {
				const form = fitText(figure(value), width);
				if (form.startsWith('#')) {
					expect(form).toBe('#'.repeat(width));
					return;
				}

				const {decimals = '', suffix = ''} =
					/^[\d,]+(?:\.(?<decimals>\d+))?(?<suffix>[kMG]?)$/v.exec(form)?.groups ?? {};
				const unit = 1000 ** ['', 'k', 'M', 'G'].indexOf(suffix) / 10 ** decimals.length;
				expect(Math.abs(valueOf(form) - value)).toBeLessThanOrEqual(unit * 0.51);
			},
		),
	);
});

test('the labels of an axis are numbers of it, or #', () => {
	fc.assert(
		fc.property(fc.double({min: 0, max: 1e15, noNaN: true}), fc.integer({min: 2, max: 20}), (max, rows) => {
			const axis = fitAxis(max, rows);
			for (let row = 0; row < rows; row++) {
				const value = axis.low + axis.step * row;
				const label = axisLabel(value, axis);
				expect(label).toHaveLength(6);
				if (!label.includes('#') && !label.includes('>')) {
					expect(Math.abs(valueOf(label.trim()) - value)).toBeLessThanOrEqual(
						Math.max(value * 0.06, axis.step * 0.5),
					);
				}
			}
		}),
	);
});
