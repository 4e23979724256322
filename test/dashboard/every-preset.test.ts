import {expect, test} from 'vitest';
import {listPresets} from '../../source/presets/load-preset.js';
import {frameOf, tableOver} from '../screens/render-screen.js';
import {runDesk, sessionOf, shippedPreset} from '../session/small-run.js';

const sizes = [
	[80, 24],
	[120, 36],
	[200, 60],
] as const;

test.each(listPresets().map(({name}) => [name]))(
	'%s runs in the dashboard, is drawn, and its last ms are saved',
	name => {
		const {controller, session, files} = runDesk(sessionOf(shippedPreset(name), {speed: 1, sets: {warmup: 20e6}}));
		for (let pace = session.advance(8); pace === 'behind';) {
			pace = session.advance(0);
		}

		const snapshot = controller.look();
		for (const [columns, rows] of sizes) {
			const lines = tableOver(frameOf(snapshot, columns, rows, controller), columns);
			expect(lines.length).toBeLessThanOrEqual(rows);
			expect(lines.join('\n')).not.toMatch(/undefined|NaN/v);
		}

		for (const key of ['space', 'w', 'down', 'down', 'enter']) {
			controller.press(key);
		}

		while (controller.working) {
			controller.work(100_000);
		}

		expect([...files.written.keys()].filter(file => file.startsWith(`${name}-last-`))).toHaveLength(1);
	},
);
