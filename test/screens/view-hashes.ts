import {createHash} from 'node:crypto';
import {expect} from 'vitest';
import {StillDesk, type StillParts} from '../../source/dashboard/still-desk.js';
import {themeOf} from '../../source/dashboard/theme.js';

/** The presets and sizes at which every view is held. */
export const names = [
	'seed-2019-kick-under-lock',
	'ring-full',
	'lost-kick',
	'fence-poll-120hz',
	'compositor-60hz',
	'testbed',
] as const;
export const sizes = [
	[60, 18],
	[80, 24],
	[120, 36],
	[200, 60],
	[240, 70],
] as const;

/**
Rows with a title that is cut, or a sentence that is cut at a panel's right edge: words have shorter
forms. Names of clients may be cut, in the lanes.
*/
export function cutLabels(rows: readonly string[]): readonly string[] {
	return rows.filter(row => /[╭┏╔] [^─━═]*…|\S…\s*[│┃║]/v.test(row));
}

type Desk = Pick<StillParts, 'subject' | 'clock'>;

/** A hash of the screen at each size: in both character sets, with colour and without. */
export function hashesOf(desk: Desk, view: string): readonly string[] {
	return sizes.map(([columns, rows]) => {
		const draw = (ascii: boolean) => {
			const still = new StillDesk({...desk, size: {columns, rows}, ascii, theme: 'night'});
			still.controller.update({view});
			return still.draw();
		};

		const unicode = draw(false);
		const plain = unicode.text();
		const ascii = draw(true).text();
		expect(ascii.join('\n')).toMatch(/^[\n -~]*$/v);
		expect(plain.join('\n')).not.toMatch(/undefined|NaN|Infinity/v);
		for (const row of [...plain, ...ascii]) {
			expect(row).toHaveLength(columns);
		}

		expect(cutLabels(plain)).toEqual([]);
		const painted = unicode.paint(themeOf('night', 'truecolor'));
		// eslint-disable-next-line no-control-regex -- the sequences that are taken away
		expect(painted.map(row => row.replaceAll(/\u001B\[[\d;]*m/gv, ''))).toEqual(plain);
		const hash = createHash('sha256').update([...plain, ...ascii, ...painted].join('\n'));
		return `${columns}x${rows} ${hash.digest('hex').slice(0, 16)}`;
	});
}
