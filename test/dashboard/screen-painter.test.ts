import {expect, test} from 'vitest';
import {type FrameSource} from '../../source/dashboard/app.js';
import {type Draw, ScreenPainter} from '../../source/dashboard/screen-painter.js';

const frame = (...rows: readonly string[]) => ({width: 10, rows, table: undefined, cover: undefined});

/** A painter whose drawer comes when the test says so; what is written and drawn. */
function stage() {
	const view = {frame: frame('one', 'two  '), subscribe: () => () => undefined} satisfies FrameSource;
	const drawn: string[] = [];
	const written: string[] = [];
	let loads = 0;
	let arrive = (): void => undefined;

	const draw: Draw = ({frame: first}, sink) => {
		drawn.push(`up ${first.rows.join('/')}`);
		sink.write(first.rows.join('\n'));
		return {
			paint() {
				drawn.push('paint');
			},
			unmount() {
				drawn.push('down');
				sink.write('last words');
			},
		};
	};

	const painter = new ScreenPainter({
		output: {
			columns: 10,
			write(text) {
				written.push(text);
			},
			lastWords: () => true,
		},
		mouse: false,
		async load() {
			loads++;
			return new Promise(resolve => {
				arrive = () => {
					resolve(draw);
				};
			});
		},
	});
	return {
		view,
		painter,
		drawn,
		written,
		loads: () => loads,
		async arrive() {
			arrive();
			await Promise.resolve();
			await Promise.resolve();
		},
	};
}

test('the first frames go out as they are, before there is who draws them', () => {
	const {view, painter, written, drawn, loads} = stage();
	painter.mount(view);
	expect(written).toEqual(['\u001B[1;1H\u001B[Kone\u001B[2;1H\u001B[Ktwo']);
	view.frame = frame('one', 'three');
	painter.paint();
	expect(written.slice(1)).toEqual(['\u001B[2;1H\u001B[Kthree']);
	expect([drawn, loads()]).toEqual([[], 1]);
});

test('who has come draws from the frame on that is there, and writes only what differs', async () => {
	const {view, painter, written, drawn, arrive} = stage();
	painter.mount(view);
	view.frame = frame('one', 'two!');
	await arrive();
	expect(drawn).toEqual(['up one/two!']);
	expect(written.slice(1)).toEqual(['\u001B[2;1H\u001B[Ktwo!']);
	painter.paint();
	painter.unmount();
	expect(drawn.slice(1)).toEqual(['paint', 'down']);
	expect(written).toHaveLength(2);
	painter.paint();
	expect(drawn).toHaveLength(3);
});

test('who comes when the screen was given back draws the next time, and is fetched once', async () => {
	const {view, painter, drawn, arrive, loads} = stage();
	painter.mount(view);
	painter.unmount();
	await arrive();
	expect(drawn).toEqual([]);
	painter.mount(view);
	expect(drawn).toEqual(['up one/two  ']);
	expect(loads()).toBe(1);
});

test('a screen that was put up again meanwhile is drawn once, on its own sink', async () => {
	const {view, painter, drawn, written, arrive, loads} = stage();
	painter.mount(view);
	painter.unmount();
	painter.mount(view);
	await arrive();
	expect([drawn, loads()]).toEqual([['up one/two  '], 1]);
	expect(written).toHaveLength(3);
});
