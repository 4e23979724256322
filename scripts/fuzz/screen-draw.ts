import fc from 'fast-check';
import {presetNames} from '../../source/presets/load-preset.js';

/** What happens to a dashboard: bytes that are typed, sizes, time that passes. */
export type ScreenDraw = {
	readonly kind: 'screen';
	readonly preset: string;
	readonly acts: ReadonlyArray<
		{readonly type: string} | {readonly size: readonly [number, number]} | {readonly wait: number}
	>;
};

const ESC = '\u001B';
const one = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Keys that mean something somewhere, without those that leave. */
const keys = [
	' ',
	'.',
	',',
	'f',
	'+',
	'-',
	'*',
	'z',
	'Z',
	'r',
	'/',
	':',
	'?',
	'p',
	'u',
	'\u0012',
	's',
	'T',
	ESC,
	'k',
	'j',
	'h',
	'l',
	'e',
	'\r',
	'd',
	'g',
	'G',
	'w',
	'\u0015',
	'\t',
	'\u007F',
	'\u000C',
	`${ESC}[A`,
	`${ESC}[B`,
	`${ESC}[C`,
	`${ESC}[D`,
	`${ESC}OA`,
	`${ESC}OB`,
	`${ESC}[Z`,
	'1',
	'4',
	'[',
	']',
	'{',
	'}',
	'0',
	'a',
];

/** What a terminal may send besides. */
const others = [
	`${ESC}[1;5P`,
	`${ESC}[1;5R`,
	`${ESC}[29;5~`,
	`${ESC}[24;8~`,
	`${ESC}[3;5~`,
	`${ESC}[24;80R`,
	`${ESC}[?62;1c`,
	`${ESC}[I`,
	`${ESC}[O`,
	`${ESC}[M !!`,
	`${ESC}[<0;1;1M`,
	`${ESC}]11;rgb:00/00/00\u0007`,
	`${ESC}P>|x(1)${ESC}\\`,
	`${ESC}[97;5u`,
	`${ESC}[97;1:3u`,
	`${ESC}[27;5;97~`,
	`${ESC}[200~128${ESC}[201~`,
	`${ESC}[200~q\r${'x'.repeat(300)}${ESC}[201~`,
	`${ESC}[`,
	`${ESC}O`,
	`${ESC}]`,
	'\u0000',
	'é',
	'😀',
	'\u009B',
	'\u001C',
];

/** Texts that are typed into fields. */
const words = [
	'128',
	'0',
	'1e9',
	'kick',
	'exp(5us)',
	'const(',
	'queue.size 64',
	'driver',
	'__proto__',
	'999999999999',
	'..',
	'/',
];

/** What is typed at any screen; it never leaves one. */
export const typed: fc.Arbitrary<string> = fc.oneof(
	{weight: 12, arbitrary: one(...keys)},
	{weight: 4, arbitrary: one(...others)},
	{weight: 2, arbitrary: one(...words)},
);

export const sizes = one<readonly [number, number]>(
	[120, 36],
	[120, 36],
	[80, 24],
	[80, 24],
	[60, 18],
	[60, 18],
	[59, 18],
	[1, 1],
	[29, 1],
	[500, 200],
	[200, 60],
	[61, 200],
	[500, 18],
	[3, 3],
);

export const screenDraw: fc.Arbitrary<ScreenDraw> = fc.record({
	kind: fc.constant('screen'),
	preset: fc.constantFrom(...presetNames()),
	acts: fc.array(
		fc.oneof(
			{weight: 12, arbitrary: fc.record({type: typed})},
			{weight: 1, arbitrary: fc.record({size: sizes})},
			{weight: 2, arbitrary: fc.record({wait: one(20, 100, 1000)})},
		),
		{minLength: 5, maxLength: 50},
	),
});
