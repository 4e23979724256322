import fc from 'fast-check';
import {beforeAll, expect, test} from 'vitest';
import {type InkOutput as Output, type InkOutputClass, paintedOutput} from '../../source/dashboard/painted-output.js';
import {emulator, shown, shownCells} from '../helpers/shown-cells.js';

let InkOutput: InkOutputClass;

beforeAll(async () => {
	// Ink does not export it; the bundle replaces this very file.
	const file = new URL('../../node_modules/ink/build/output.js', import.meta.url).href;
	({default: InkOutput} = (await import(file)) as {default: InkOutputClass});
});

const size = {width: 24, height: 7};

/** Calls on an output, in order. */
type Call =
	| {readonly kind: 'write'; readonly x: number; readonly y: number; readonly rows: readonly string[]}
	| {readonly kind: 'clipped'; readonly x: number; readonly y: number; readonly text: string};

function draw(output: Output, calls: readonly Call[]): string {
	for (const call of calls) {
		if (call.kind === 'write') {
			// As `Lines` does it: the text has the height, the rows come in by the transformer.
			const column = call.rows.map(() => '.').join('\n');
			output.write(call.x, call.y, column, {transformers: [(_, index) => call.rows[index]]});
		} else {
			output.clip({x1: call.x, x2: call.x + 5});
			output.write(call.x, call.y, call.text, {transformers: [line => `\u001B[1m${line}\u001B[22m`]});
			output.unclip();
		}
	}

	return output.get().output;
}

const looks = fc.constantFrom(['', ''], ['1', '22'], ['90', '39'], ['7', '27']);
const piece = fc
	.tuple(looks, fc.array(fc.constantFrom('a', 'b', ' ', '█', '╭'), {minLength: 1, maxLength: 8}))
	.map(([[on, off], text]) => (on === '' ? text.join('') : `\u001B[${on}m${text.join('')}\u001B[${off}m`));
const row = fc.array(piece, {maxLength: 3}).map(pieces => pieces.join(''));
const y = fc.integer({min: 0, max: size.height});
const call: fc.Arbitrary<Call> = fc.oneof(
	fc.record({
		kind: fc.constant('write' as const),
		x: fc.constantFrom(0, 0, 3),
		y,
		rows: fc.array(row, {minLength: 1, maxLength: 9}),
	}),
	fc.record({
		kind: fc.constant('clipped' as const),
		x: fc.constantFrom(0, 4, 10),
		y,
		text: fc.constantFrom('one', 'much longer\ntwo', 'a'),
	}),
);

async function shownOf(text: string): Promise<string[]> {
	const terminal = await emulator(size.width, size.height);
	await shown(terminal, text.replaceAll('\n', '\r\n'));
	return shownCells(terminal);
}

test('a row with one writer goes out as it was painted', () => {
	const Painted = paintedOutput(InkOutput);
	const rows = ['\u001B[90m╭─\u001B[39m\u001B[1m a \u001B[22m', 'plain  ', ''];
	expect(draw(new Painted(size), [{kind: 'write', x: 0, y: 1, rows}]).split('\n')).toEqual([
		'',
		rows[0],
		'plain',
		'',
		'',
		'',
		'',
	]);
});

test('a frame shows what Ink would show', async () => {
	// One class for all of them: what it keeps of a frame must not reach into the next.
	const Painted = paintedOutput(InkOutput);
	await fc.assert(
		fc.asyncProperty(fc.array(call, {maxLength: 5}), async calls => {
			const ours = draw(new Painted(size), calls);
			expect(ours.split('\n')).toHaveLength(size.height);
			expect(await shownOf(ours)).toEqual(await shownOf(draw(new InkOutput(size), calls)));
		}),
		{numRuns: 100},
	);
});
