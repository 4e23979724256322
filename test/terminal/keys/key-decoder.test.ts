import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {KeyDecoder} from '../../../source/terminal/keys/key-decoder.js';
import {type TerminalInput} from '../../../source/terminal/keys/terminal-input.js';

const ESC = '\u001B';
const ST = `${ESC}\\`;

function bytesOf(text: string | Uint8Array): Uint8Array {
	return typeof text === 'string' ? Buffer.from(text) : text;
}

/** What comes of pieces that arrive one after the other, then silence. */
function decode(...pieces: ReadonlyArray<string | Uint8Array>): string[] {
	const decoder = new KeyDecoder();
	const inputs: TerminalInput[] = pieces.flatMap(piece => decoder.push(bytesOf(piece)));
	if (decoder.patience !== undefined) {
		inputs.push(...decoder.flush());
	}

	return inputs.map(input =>
		input.kind === 'key' ? input.name : input.kind === 'mouse' ? input.what : `paste ${JSON.stringify(input.text)}`,
	);
}

/** All ways to cut a short text in two, and into single bytes. */
function* cuts(text: string | Uint8Array): Generator<Uint8Array[]> {
	const bytes = bytesOf(text);
	for (let at = 1; at < bytes.length; at++) {
		yield [bytes.subarray(0, at), bytes.subarray(at)];
	}

	yield Array.from(bytes, byte => Uint8Array.of(byte));
}

test('what is typed is named', () => {
	expect(decode('q Q~é日😀')).toEqual(['q', 'space', 'Q', '~', 'é', '日', '😀']);
	expect(decode('\r\n\t\b\u007F')).toEqual(['enter', 'enter', 'tab', 'backspace', 'backspace']);
	expect(decode('\u0001\u0003\u0012\u001A\u001C\u001D\u001E\u001F')).toEqual([
		'C-a',
		'C-c',
		'C-r',
		'C-z',
		'C-\\',
		'C-]',
		'C-^',
		'C-_',
	]);
	expect(decode('a\u0000b')).toEqual(['a', 'b']);
});

test('Esc is a key when nothing follows, and before another key', () => {
	expect(decode(ESC)).toEqual(['esc']);
	expect(decode(`${ESC}x`)).toEqual(['esc', 'x']);
	expect(decode(`${ESC}${ESC}`)).toEqual(['esc', 'esc']);
	expect(decode(`${ESC}\r${ESC}\u0003${ESC}é`)).toEqual(['esc', 'enter', 'esc', 'C-c', 'esc', 'é']);
	expect(decode(`${ESC}${ESC}[A`)).toEqual(['esc', 'up']);
});

test('Esc and a key in one read are two keys, whatever the key', () => {
	for (let code = 0x20; code < 0x7f; code++) {
		const character = String.fromCodePoint(code);
		expect(decode(ESC + character)).toEqual(['esc', code === 0x20 ? 'space' : character]);
	}
});

test.each([
	[`${ESC}[A`, 'up'],
	[`${ESC}OA`, 'up'],
	[`${ESC}[B`, 'down'],
	[`${ESC}OC`, 'right'],
	[`${ESC}[D`, 'left'],
	[`${ESC}[1;1A`, 'up'],
	[`${ESC}[1;129A`, 'up'],
	[`${ESC}[1;65B`, 'down'],
	[`${ESC}[1;5C`, 'C-right'],
	[`${ESC}[a`, 'S-up'],
	[`${ESC}Oa`, 'C-up'],
	[`${ESC}[H`, 'home'],
	[`${ESC}[1~`, 'home'],
	[`${ESC}[7~`, 'home'],
	[`${ESC}OF`, 'end'],
	[`${ESC}[4~`, 'end'],
	[`${ESC}[5~`, 'pgup'],
	[`${ESC}[6;3~`, 'A-pgdn'],
	[`${ESC}[3~`, 'delete'],
	[`${ESC}[3$`, 'S-delete'],
	[`${ESC}[3^`, 'C-delete'],
	[`${ESC}[3@`, 'C-S-delete'],
	[`${ESC}[Z`, 'S-tab'],
	[`${ESC}[1;2Z`, 'S-tab'],
	[`${ESC}OP`, 'f1'],
	[`${ESC}[11~`, 'f1'],
	[`${ESC}[[A`, 'f1'],
	[`${ESC}[1;5P`, 'C-f1'],
	[`${ESC}[1;5R`, 'C-f3'],
	[`${ESC}[1;6S`, 'C-S-f4'],
	[`${ESC}O5P`, 'C-f1'],
	[`${ESC}O1;5P`, 'C-f1'],
	[`${ESC}[29;5~`, 'C-menu'],
	[`${ESC}[24;8~`, 'C-A-S-f12'],
	[`${ESC}OM`, 'enter'],
	[`${ESC}Ok`, '+'],
	[`${ESC}Om`, '-'],
	[`${ESC}Oj`, '*'],
	[`${ESC}Op`, '0'],
	[`${ESC}O `, 'space'],
])('%j is %s', (sequence, name) => {
	expect(decode(sequence)).toEqual([name]);
});

test.each([
	[27, '', 'esc'],
	[13, '', 'enter'],
	[9, '', 'tab'],
	[9, ';2', 'S-tab'],
	[127, '', 'backspace'],
	[32, '', 'space'],
	[113, '', 'q'],
	[113, ';2', 'Q'],
	[113, ';65', 'q'],
	[113, ';129', 'q'],
	[99, ';5', 'C-c'],
	[99, ';69', 'C-c'],
	[99, ';5:1', 'C-c'],
	[99, ';5:2', 'C-c'],
	[114, ';5', 'C-r'],
	[91, ';5', 'esc'],
	[120, ';3', 'A-x'],
	['49:33', ';2', '!'],
	[49, ';2;33', '!'],
	['1089::99', ';5', 'C-c'],
	[99, ';6', 'C-S-c'],
	[13, ';2', 'enter'],
	[32, ';2', 'space'],
	[57_417, '', 'left'],
	[57_419, '', 'up'],
	[57_414, '', 'enter'],
	[57_399, '', '0'],
	[57_413, '', '+'],
	[57_376, ';5', 'C-f13'],
])("kitty's key %s%s is %s", (code, rest, name) => {
	expect(decode(`${ESC}[${code}${rest}u`)).toEqual([name]);
});

test('a release is no key, nor is a key that writes nothing', () => {
	for (const sequence of [
		'[99;5:3u',
		'[113;1:3u',
		'[1;1:3A',
		'[3;1:3~',
		'[57441;2u',
		'[57358u',
		'[57428u',
		'[u',
		'[;5u',
		'[1114112u',
		'[55296u',
		'[128u',
		'[99999999999u',
	]) {
		expect(decode(ESC + sequence)).toEqual([]);
	}

	expect(decode(`${ESC}[1;1:1A${ESC}[1;1:2A`)).toEqual(['up', 'up']);
});

test('modifyOtherKeys says the same', () => {
	expect(
		decode(`${ESC}[27;5;99~${ESC}[27;2;81~${ESC}[27;5;13~${ESC}[27;2;13~${ESC}[27;3;120~${ESC}[27;6;64~`),
	).toEqual(['C-c', 'Q', 'C-enter', 'enter', 'A-x', 'C-S-@']);
	expect(decode(`${ESC}[27~${ESC}[27;5~${ESC}[27;5;~`)).toEqual([]);
});

const replies: readonly string[] = [
	// Cursor, device attributes 1 to 3, status, version, terminfo, settings.
	`${ESC}[24;80R`,
	`${ESC}[?24;80;1R`,
	`${ESC}[?62;1;6;22c`,
	`${ESC}[>1;7700;0c`,
	`${ESC}P!|00000000${ST}`,
	`${ESC}[=1;0c`,
	`${ESC}[0n`,
	`${ESC}P>|XTerm(388)${ST}`,
	`${ESC}P1+r544e=787465726d${ST}`,
	`${ESC}P1$r0m${ST}`,
	`${ESC}[?2026;2$y`,
	`${ESC}[4;2$y`,
	// Focus, window, mouse (X10, UTF-8, SGR, urxvt), kitty's flags, colour scheme.
	`${ESC}[I`,
	`${ESC}[O`,
	`${ESC}[8;36;120t`,
	`${ESC}[48;36;120;720;1200t`,
	`${ESC}[M !!`,
	`${ESC}[M\`~~`,
	`${ESC}[M \u00E0\u00E9`,
	`${ESC}[<0;12;7m`,
	`${ESC}[<4;12;7M`,
	`${ESC}[<0;12M`,
	`${ESC}[<0;;7M`,
	`${ESC}[<35;120;36m`,
	`${ESC}[32;12;7M`,
	`${ESC}[?1u`,
	`${ESC}[?997;1n`,
	// Colours, clipboard, titles, hyperlinks, graphics, privacy messages.
	`${ESC}]11;rgb:1e1e/1e1e/2e2e${ST}`,
	`${ESC}]11;rgb:1e1e/1e1e/2e2e\u0007`,
	`${ESC}]4;1;rgb:ff/00/00\u0007`,
	`${ESC}]52;c;aGVsbG8=${ST}`,
	`${ESC}]l q${ST}`,
	`${ESC}]${ST}`,
	`${ESC}_Gi=31;OK${ST}`,
	`${ESC}^q${ST}`,
	`${ESC}Xq${ST}`,
	`${ESC}P${ST}`,
	// What no table has.
	`${ESC}[99~`,
	`${ESC}[1;5X`,
	`${ESC}[?q`,
	`${ESC}[>4;2m`,
	`${ESC}[1;2;3;4;5;6z`,
	`${ESC}[ q`,
	`${ESC}[!p`,
	`${ESC}Oz`,
	`${ESC}[J`,
	`${ESC}[${'1;'.repeat(500)}q`,
	`${ESC}[201~`,
];

test.each(replies)('%j is no key, however it is cut', reply => {
	expect(decode(reply)).toEqual([]);
	for (const pieces of cuts(reply)) {
		expect(decode(...pieces)).toEqual([]);
		expect(decode('a', ...pieces, 'q')).toEqual(['a', 'q']);
	}
});

test('no sequence with parameters and a final, in CSI or SS3, is more than one key or is text', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('[', 'O'),
			fc.array(fc.oneof(fc.nat(130), fc.constant(''), fc.nat(60_000)), {minLength: 1, maxLength: 4}),
			fc.integer({min: 0x40, max: 0x7e}),
			(introducer, parameters, final) => {
				const text = `${parameters.join(';')}${String.fromCodePoint(final)}`;
				// Three characters of a mouse report would follow these, a
				// function key of the console those.
				fc.pre(!['M', '['].includes(text) && !(text === '200~'));
				const keys = decode(`${ESC}${introducer}${text}`);
				// Kitty's `u` and modifyOtherKeys may write any character; else keys have names,
				// and the keypad one character.
				expect(keys.length).toBeLessThanOrEqual(text.endsWith('u') || text.endsWith('~') ? 4 : 1);
				expect(decode('a', `${ESC}${introducer}${text}`, '\u0003')).toEqual(['a', ...keys, 'C-c']);
			},
		),
		{numRuns: 2000},
	);
});

/** Pieces of input of every kind, torn ones and noise among them. */
const noise = fc
	.array(
		fc.oneof(
			fc
				.constantFrom(
					...replies,
					`${ESC}[A`,
					`${ESC}OP`,
					`${ESC}[1;5P`,
					`${ESC}[200~a b${ESC}[201~`,
					`${ESC}[99;5:3u`,
					ESC,
					'é',
					'😀',
					'\u0003',
					'q',
				)
				.map(text => Buffer.from(text)),
			fc.uint8Array({maxLength: 6}),
		),
		{maxLength: 12},
	)
	.map(parts => Buffer.concat(parts));

test('however the bytes are cut, the same comes out', () => {
	fc.assert(
		fc.property(noise, fc.array(fc.nat(80), {maxLength: 8}), (bytes, at) => {
			const places = [...new Set([0, ...at.filter(place => place < bytes.length), bytes.length])].toSorted(
				(a, b) => a - b,
			);
			const pieces = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
			expect(decode(...pieces)).toEqual(decode(bytes));
			expect(decode(...Array.from(bytes, byte => Uint8Array.of(byte)))).toEqual(decode(bytes));
		}),
		{numRuns: 2000},
	);
});

test('after any bytes a silence, and Ctrl-C is Ctrl-C', () => {
	fc.assert(
		fc.property(noise, bytes => {
			const decoder = new KeyDecoder();
			decoder.push(bytes);
			decoder.flush();
			expect(decoder.push(Uint8Array.of(3)).at(-1)).toEqual({kind: 'key', name: 'C-c'});
			expect(decoder.patience).toBeUndefined();
		}),
		{numRuns: 2000},
	);
});

test('what decodes is what was encoded: any text is its characters', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme'}), text => {
			const characters = Array.from(text)
				.filter(character => !/\p{Cc}/v.test(character))
				.map(character => (character === ' ' ? 'space' : character));
			expect(decode(text.replaceAll(/\p{Cc}/gv, ''))).toEqual(characters);
		}),
	);
});

test('ill-formed UTF-8 is no key and takes none away', () => {
	for (const bytes of [
		[0x80],
		[0xff],
		[0xc0, 0xaf],
		[0xc3],
		[0xe2, 0x82],
		[0xed, 0xa0, 0x80],
		[0xf0, 0x80, 0x80, 0x80],
		[0xf5, 0x80],
		[0xc2, 0x9b],
	]) {
		expect(decode(Uint8Array.from([0x61, ...bytes, 0x71]))).toEqual(['a', 'q']);
	}
});

test('a torn sequence takes no key away that comes after it', () => {
	expect(decode(`${ESC}[1;\u0003`)).toEqual(['C-c']);
	expect(decode(`${ESC}[\u0003`)).toEqual(['esc', '[', 'C-c']);
	expect(decode(`${ESC}]11;rgb:\u0003`)).toEqual(['C-c']);
	expect(decode(`${ESC}]11;rgb:${ESC}[A`)).toEqual(['up']);
	expect(decode(`${ESC}[M ${ESC}[B`)).toEqual(['down']);
	expect(decode(`${ESC}[1;5${ESC}[C`)).toEqual(['right']);
});

test('how long a silence is waited for depends on what is open', () => {
	const decoder = new KeyDecoder();
	expect(decoder.patience).toBeUndefined();
	for (const [text, least, most] of [
		[ESC, 50, 200],
		['[', 50, 200],
		['1', 500, 2000],
		['A', 0, 0],
	] as const) {
		decoder.push(bytesOf(text));
		expect(decoder.patience ?? 0).toBeGreaterThanOrEqual(least);
		expect(decoder.patience ?? 0).toBeLessThanOrEqual(most);
	}
});

test('a paste is one text, whatever is in it and however it is cut', () => {
	const text = `q\r\n\u0003${ESC}[A${ESC}[20é${ESC}`;
	const sequence = `a${ESC}[200~${text}${ESC}[201~b`;
	expect(decode(sequence)).toEqual(['a', `paste ${JSON.stringify(text)}`, 'b']);
	for (const pieces of cuts(sequence)) {
		expect(decode(...pieces)).toEqual(['a', `paste ${JSON.stringify(text)}`, 'b']);
	}
});

test('a paste that is larger than any field keeps its beginning, and no more memory than that', () => {
	const [input] = new KeyDecoder().push(bytesOf(`${ESC}[200~${'x'.repeat(3_000_000)}${ESC}[201~`));
	expect(input).toEqual({kind: 'paste', text: 'x'.repeat(65_536)});
});

test('a paste whose end never comes is over with Ctrl-C after a silence', () => {
	const decoder = new KeyDecoder();
	expect(decoder.push(bytesOf(`${ESC}[200~abc`))).toEqual([]);
	expect(decoder.patience).toBe(1000);
	expect(decoder.flush()).toEqual([{kind: 'paste', text: 'abc'}]);
	expect(decoder.push(bytesOf(`de\u0003${ESC}[201~q`))).toEqual([
		{kind: 'paste', text: 'de\u0003'},
		{kind: 'key', name: 'q'},
	]);
	decoder.push(bytesOf(`${ESC}[200~abc`));
	decoder.flush();
	expect(decoder.push(bytesOf('\u0003q'))).toEqual([
		{kind: 'key', name: 'C-c'},
		{kind: 'key', name: 'q'},
	]);
});
