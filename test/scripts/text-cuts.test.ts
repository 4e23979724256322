import ts from 'typescript';
import {expect, test} from 'vitest';
import {textCutFaults} from '../../scripts/text-cuts.js';

/** A program of these files below `/source`, without the types of the language. */
function programOf(files: Readonly<Record<string, string>>): ts.Program {
	const place = (name: string): string => `/source/${name}`;
	const texts = new Map(Object.entries(files).map(([name, text]) => [place(name), text]));
	const host: ts.CompilerHost = {
		...ts.createCompilerHost({}),
		fileExists: file => texts.has(file),
		readFile: file => texts.get(file),
		getSourceFile(file, version) {
			const text = texts.get(file);
			return text === undefined ? undefined : ts.createSourceFile(file, text, version, true);
		},
	};
	return ts.createProgram([...texts.keys()], {noLib: true}, host);
}

const files = {
	'report/gobench.ts': 'export const behind = (name: string) => name.slice(1);',
	'views/title.ts':
		"export const title = (text: string, list: number[]) => [text.substring(0, 3), list.slice(1), 'a'.substr(1)];",
};

test('a string that is cut where nobody reads one is a fault; a list is none', () => {
	expect(textCutFaults(programOf(files), '/source', [[/^report\/gobench\.ts$/v, 'a name']])).toEqual([
		'views/title.ts: text is cut to a width by fitText alone: text.substring(0, 3)',
		"views/title.ts: text is cut to a width by fitText alone: 'a'.substr(1)",
	]);
});

test('a reader that reads nothing is a fault', () => {
	expect(
		textCutFaults(programOf(files), '/source', [
			[/^report\/|^views\//v, 'names'],
			[/^charts\//v, 'nothing'],
		]),
	).toEqual([String.raw`scripts/text-cuts.ts: nothing is cut any more in ^charts\/`]);
});
