import {type ReadStream} from 'node:tty';
import {PassThrough} from 'node:stream';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {KeyReader} from '../../../source/terminal/keys/key-reader.js';
import {type TerminalInput} from '../../../source/terminal/keys/terminal-input.js';

/** A keyboard that is typed at by `write`. */
function keyboard() {
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode: () => undefined,
		ref: () => undefined,
		unref: () => undefined,
	});
	const taken: string[] = [];
	const reader = new KeyReader({
		stdin: stdin as unknown as ReadStream,
		take(input: TerminalInput) {
			taken.push(input.kind === 'key' ? input.name : input.kind);
		},
		drawn: () => undefined,
		onEnd: () => undefined,
		clock: () => 0,
	});
	return {
		reader,
		taken,
		async type(text: string) {
			stdin.write(text);
			await nextTurn();
		},
	};
}

test('keys that come before they are served are taken then, in their order', async () => {
	const {reader, taken, type} = keyboard();
	reader.start();
	await type('3');
	await type('\u001B[A');
	expect(taken).toEqual([]);
	reader.serve();
	expect(taken).toEqual(['3', 'up']);
	await type('q');
	expect(taken).toEqual(['3', 'up', 'q']);
	reader.stop();
});

test('what was typed before a stop is forgotten, whoever served it', async () => {
	const {reader, taken, type} = keyboard();
	reader.start();
	await type('3');
	reader.stop();
	reader.serve();
	reader.start();
	await type('q');
	expect(taken).toEqual(['q']);
	reader.stop();
});
