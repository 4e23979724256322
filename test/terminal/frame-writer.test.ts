import fc from 'fast-check';
import {expect, test} from 'vitest';
import {FrameWriter} from '../../source/terminal/frame-writer.js';
import {emulator, shown, shownCells} from '../helpers/shown-cells.js';

test('the first frame is written whole, each row in its place', () => {
	expect(new FrameWriter().next(['one', '', 'two'])).toBe('\u001B[1;1H\u001B[Kone\u001B[3;1H\u001B[Ktwo');
});

test('only rows that changed are written, each as it was painted', () => {
	const writer = new FrameWriter();
	writer.next(['one', '\u001B[90mtwo\u001B[39m', 'three']);
	expect(writer.next(['one', '\u001B[90m2\u001B[39m', 'three'])).toBe('\u001B[2;1H\u001B[K\u001B[90m2\u001B[39m');
	expect(writer.next(['one', '\u001B[90m2\u001B[39m', 'three'])).toBe('');
});

test('what a lower frame leaves below it is cleared', () => {
	const writer = new FrameWriter();
	writer.next(['one', 'two', 'three']);
	expect(writer.next(['one'])).toBe('\u001B[2;1H\u001B[J');
	expect(writer.next(['one', 'two'])).toBe('\u001B[2;1H\u001B[Ktwo');
});

test('on a single row a frame is not scrolled away', () => {
	expect(new FrameWriter().next(['vqlab'])).toBe('\u001B[1;1H\u001B[Kvqlab');
});

const run = fc
	.tuple(
		fc.constantFrom(['', ''], ['1', '22'], ['90', '39'], ['7', '27'], ['48;5;24', '49']),
		fc.array(fc.constantFrom('a', 'b', ' ', '█', '─'), {minLength: 1, maxLength: 9}),
	)
	.map(([[on, off], text]) => (on === '' ? text.join('') : `\u001B[${on}m${text.join('')}\u001B[${off}m`));
const row = fc.array(run, {maxLength: 5}).map(runs => runs.join(''));
/** Rows of few kinds, so that many stay as they are. */
const frames = fc
	.array(row, {minLength: 1, maxLength: 6})
	.chain(rows => fc.array(fc.array(fc.constantFrom(...rows), {minLength: 1, maxLength: 8}), {maxLength: 12}));

test('after any frames a terminal shows the last one as if it were the first', async () => {
	await fc.assert(
		fc.asyncProperty(frames, fc.constantFrom(3, 8, 45, 80), async (sequence, columns) => {
			const terminal = await emulator(columns, 9);
			const writer = new FrameWriter();
			for (const frame of sequence) {
				await shown(terminal, writer.next(frame)); // eslint-disable-line no-await-in-loop
				const fresh = await emulator(columns, 9); // eslint-disable-line no-await-in-loop
				await shown(fresh, frame.join('\r\n')); // eslint-disable-line no-await-in-loop
				expect(shownCells(terminal)).toEqual(shownCells(fresh));
			}
		}),
		{numRuns: 25},
	);
});
