import {expect, test} from 'vitest';
import {canonical} from '../screens/canonical.js';
import {desk, frameOf, shown, tableOver} from '../screens/render-screen.js';

test.each([
	[100, 30],
	[80, 24],
	[120, 36],
	[200, 60],
])('a screen without Ink is the one that Ink shows, at %ix%i', (columns, rows) => {
	const frame = frameOf(shown(canonical), columns, rows, desk);
	const {x, y, width, height} = frame.table?.rect ?? {x: 0, y: 0, width: 0, height: 0};
	expect(height).toBeGreaterThan(2);
	const holed = frame.rows.map((row, index) =>
		index >= y && index < y + height ? row.slice(0, x) + ' '.repeat(width) + row.slice(x + width) : row,
	);
	expect(holed).not.toEqual(frame.rows);
	expect(frame.rows.map(row => row.trimEnd())).toEqual(tableOver({...frame, rows: holed}, columns));
});
