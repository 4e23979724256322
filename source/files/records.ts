import {readdirSync} from 'node:fs';
import {sep} from 'node:path';
import {fileURLToPath} from 'node:url';

/**
The files below a folder that a pattern names, in order. `*` stands for one name, as
in `verbs/*.ts`; paths have `/`.
*/
export function recordFiles(folder: string, pattern: string): readonly string[] {
	const [before, after] = pattern.split('*');
	return readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.map(name => name.split(sep).join('/'))
		.filter(name => name.startsWith(before) && name.endsWith(after))
		.filter(name => !name.replace(before, '').replace(after, '').includes('/'))
		.toSorted();
}

/**
Records that stand in a file each, below the module of this URL: what each exports by the name. So a
new record is a new file and nothing else. The build writes the imports out instead
(`scripts/written-records.ts`).
*/
export async function recordsIn<Value>(module: string, pattern: string, name: string): Promise<readonly Value[]> {
	const files = recordFiles(fileURLToPath(new URL('.', module)), pattern);
	return Promise.all(
		files.map(async file => {
			const exported = (await import(new URL(file, module).href)) as Readonly<Record<string, Value>>;
			return exported[name];
		}),
	);
}
