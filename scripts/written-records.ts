import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {type Plugin} from 'esbuild';
import {recordFiles} from '../source/files/records.js';

const call = /await recordsIn<\w+>\(import\.meta\.url, '(?<pattern>[^']+)', '(?<name>\w+)'\)/v;

/**
A module with the records that it looks for written out as imports: a
bundle has no files to look for.
*/
export async function withRecords(file: string): Promise<string> {
	const text = await readFile(file, 'utf8');
	const {pattern = '', name = ''} = call.exec(text)?.groups ?? {};
	if (pattern === '') {
		return text;
	}

	const files = recordFiles(path.dirname(file), pattern);
	const imports = files.map((found, index) => `import {${name} as record${index}} from './${found}';\n`);
	return imports.join('') + text.replace(call, `[${files.map((_, index) => `record${index}`).join(', ')}]`);
}

/** Writes out what `recordsIn` finds while the program runs from its sources. */
export const writtenRecords: Plugin = {
	name: 'written-records',
	setup(builder) {
		// eslint-disable-next-line require-unicode-regexp -- the filter is read by Go, which knows no such flag
		builder.onLoad({filter: /\/source\/(views|commands)\/[\w-]+\.ts$/}, async ({path: file}) => ({
			contents: await withRecords(file),
			loader: 'ts',
			resolveDir: path.dirname(file),
		}));
	},
};
