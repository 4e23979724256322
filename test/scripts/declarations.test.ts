import {expect, test} from 'vitest';
import {withoutComments, withoutProse} from '../../scripts/declarations.js';

test('a declaration keeps keys, choices and defaults, and loses sentences', () => {
	expect(
		withoutProse(
			String.raw`readonly key: "queue.size"; readonly words: "Slots; \"two\" of them."; readonly default: "auto"; readonly how: "-device";`,
		),
	).toBe('readonly key: "queue.size"; readonly words: string; readonly default: "auto"; readonly how: string;');
});

test('a declaration without its comments is otherwise the same', () => {
	const comment = '    /**\n    What it is.\n    */\n';
	const text = `/** A file. */\nexport type A = {\n${comment}    readonly b: "/** no comment */";\n};\n`;
	expect(withoutComments(text)).toBe('export type A = {\n    readonly b: "/** no comment */";\n};\n');
});
