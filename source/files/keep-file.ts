import {mkdir, readdir, rename, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

export type KeepOptions = {
	/** How the names of such files end. */
	readonly suffix: string;
	/** How many of them a folder has at most; the oldest goes. */
	readonly most: number;
};

/**
Keeps a file in a folder of what can be made again, whole or not at all. A folder that takes nothing
is as well: it is not kept, and nobody is told.
*/
export async function keepFile(file: string, bytes: Uint8Array, {suffix, most}: KeepOptions): Promise<void> {
	const folder = path.dirname(file);
	const temporary = `${file}.${process.pid}`;
	try {
		await mkdir(folder, {recursive: true});
		await writeFile(temporary, bytes, {flag: 'wx'});
		await rename(temporary, file);
		await dropOld(folder, suffix, most);
	} catch {
		await rm(temporary, {force: true}).catch(() => undefined);
	}
}

/** Those of a program that was ended meanwhile go with the rest. */
async function dropOld(folder: string, suffix: string, most: number): Promise<void> {
	const names = await readdir(folder);
	const ages = names
		.filter(name => name.includes(suffix))
		.map(async name => {
			const {mtimeMs} = await stat(path.join(folder, name));
			return {name, written: mtimeMs};
		});
	const files = await Promise.all(ages);
	const old = files.toSorted((a, b) => b.written - a.written).slice(most);
	await Promise.all(old.map(async ({name}) => rm(path.join(folder, name), {force: true})));
}
