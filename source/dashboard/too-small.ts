import {type Block, cellText, makeBlock} from '../charts/block.js';
import {panel} from '../charts/panel.js';
import {keysOf} from '../session/key-table.js';
import {smallestHeight, smallestWidth} from '../views/breakpoints.js';

/** A terminal of so many columns and rows cannot hold a view. */
export function isTooSmall(columns: number, rows: number): boolean {
	return columns < smallestWidth || rows < smallestHeight;
}

/**
What stands on a screen that is too small: what it needs, the last numbers, how to leave, what does
it otherwise. Under 30x5 one line; under 18 columns nothing.
*/
export function tooSmall(numbers: readonly string[], otherwise: string, columns: number, rows: number): Block {
	const width = columns;
	const height = Math.max(1, rows - 1);
	if (columns < 18) {
		return makeBlock(Math.max(1, width), height, []);
	}

	if (columns < 30 || rows < 5) {
		return makeBlock(width, height, [[`vqlab needs ${smallestWidth}x${smallestHeight}`]]);
	}

	return panel(
		{
			width,
			height,
			title: 'vqlab',
			value: `${columns}x${rows}`,
		},
		[
			[],
			[` This screen is too small: ${columns}x${rows}.`],
			[` vqlab needs ${smallestWidth}x${smallestHeight} or more.`],
			[],
			...numbers.map(line => [` ${cellText(line)}`]),
			[],
			[' Make the window larger, or press'],
			[`   ${keysOf('app.quit', 'global')[0] ?? ''}  quit`],
			[' without a dashboard:'],
			[`   ${cellText(otherwise)}`],
		],
	);
}
