import {expect, test} from 'vitest';
import {TerminalOutput, writeNow} from '../../source/terminal/output.js';

/** A terminal that takes so many bytes and then none, until told to. */
class SlowTerminal {
	text = '';
	room: number;

	constructor(room: number) {
		this.room = room;
	}

	readonly take = (bytes: Uint8Array): number => {
		const count = Math.min(this.room, bytes.length);
		this.room -= count;
		this.text += new TextDecoder().decode(bytes.subarray(0, count));
		return count;
	};
}

function outputOn(terminal: SlowTerminal): TerminalOutput {
	return new TerminalOutput(
		terminal.take,
		() => ({columns: 80, rows: 24}),
		() => undefined,
	);
}

const begin = '\u001B[?2026h';
const end = '\u001B[?2026l';

test('what is written comes whole and in order, each between the marks of an update', () => {
	const terminal = new SlowTerminal(1000);
	const output = outputOn(terminal);
	output.write('one\n');
	output.write('');
	output.write('two\n');
	expect(terminal.text).toBe(`${begin}one\n${end}${begin}two\n${end}`);
	expect(output.isBehind).toBe(false);
	expect(output.columns).toBe(80);
});

test('a terminal that takes nothing holds nobody up, and gets the rest when it takes again', async () => {
	const terminal = new SlowTerminal(10);
	const output = outputOn(terminal);
	output.write('first');
	output.write('second');
	expect(output.isBehind).toBe(true);
	expect(terminal.text).toBe(`${begin}fi`);
	terminal.room = 1000;
	await expect.poll(() => output.isBehind).toBe(false);
	expect(terminal.text).toBe(`${begin}first${end}${begin}second${end}`);
});

test('last words come after what was taken, and the rest of the frames does not', () => {
	const terminal = new SlowTerminal(10);
	const output = outputOn(terminal);
	output.write('first');
	output.write('second');
	terminal.room = 4;
	expect(output.lastWords('bye')).toBe(true);
	expect(terminal.text).toBe(`${begin}fibye`);
	expect(output.isBehind).toBe(false);
});

test('last words are given up on a terminal that takes none, and on one that is gone', () => {
	const terminal = new SlowTerminal(2);
	expect(outputOn(terminal).lastWords('bye')).toBe(false);
	expect(terminal.text).toBe('by');
	expect(
		writeNow(() => {
			throw new Error('EIO: i/o error, write');
		}, 'bye'),
	).toBe(false);
});

test('a terminal that is gone is told once', () => {
	let count = 0;
	const output = new TerminalOutput(
		() => {
			throw new Error('EIO: i/o error, write');
		},
		() => ({columns: 80, rows: 24}),
		() => {
			count++;
		},
	);
	output.write('one');
	output.write('two');
	expect(count).toBe(1);
	expect(output.isBehind).toBe(false);
});
