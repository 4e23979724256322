import {expect, test} from 'vitest';
import {AxisMemory} from '../../source/charts/axis-memory.js';
import {composeScreen} from '../../source/dashboard/compose-screen.js';
import {canonical} from '../screens/canonical.js';
import {desk, screenOf, shown} from '../screens/render-screen.js';

test.each([
	[60, 18],
	[80, 24],
	[120, 36],
	[200, 60],
])('a screen without Ink is the one that Ink shows, at %ix%i', (columns, rows) => {
	desk.update({notice: undefined});
	const {canvas, table} = composeScreen(shown(canonical), {
		columns,
		rows,
		ascii: false,
		axes: new AxisMemory(),
		now: 0,
		desk,
		overlay: undefined,
		table: 'drawn',
	});
	expect(table).toBeUndefined();
	expect(canvas.text().map(row => row.trimEnd())).toEqual(screenOf(canonical, columns, rows));
});
