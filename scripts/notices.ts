import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {type Metafile} from 'esbuild';
import {root} from './places.js';

/** A package of which code is in the bundle. */
export type BundledPackage = {
	readonly name: string;
	readonly version: string;
	/** SPDX expression of its package.json. */
	readonly license: string;
	/**
	Its licence files, those of what is bundled in it among them, and
	its notices where there are some.
	*/
	readonly text: string;
};

/** Folder of the package that a file belongs to: what follows the last `node_modules/`. */
const packageFolder = /^(?<folder>.*node_modules\/(?:@[^\/]+\/)?[^\/]+)\//v;

/** Folders of the packages that have bytes in the outputs, sorted by name. */
function foldersOf({outputs}: Metafile): readonly string[] {
	const folders = Object.values(outputs)
		.flatMap(({inputs}) => Object.entries(inputs))
		.filter(([, {bytesInOutput}]) => bytesInOutput > 0)
		.map(([file]) => packageFolder.exec(file)?.groups?.folder)
		.filter(folder => folder !== undefined);
	return [...new Set(folders)].toSorted();
}

/** What is looked at of a package.json. */
type PackageWords = {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	readonly author?: string | {readonly name: string};
};

/** The text of the licence, for packages that name it and do not hold it. */
function mit(holder: string): string {
	return [
		`Copyright (c) ${holder}`,
		'',
		'Permission is hereby granted, free of charge, to any person obtaining a copy of this software and ' +
			'associated documentation files (the "Software"), to deal in the Software without restriction, ' +
			'including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, ' +
			'and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, ' +
			'subject to the following conditions:',
		'',
		'The above copyright notice and this permission notice shall be included in all copies or substantial ' +
			'portions of the Software.',
		'',
		'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT ' +
			'LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN ' +
			'NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, ' +
			'WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE ' +
			'SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.',
	].join('\n');
}

async function packageIn(folder: string): Promise<BundledPackage> {
	const place = path.resolve(root, folder);
	const {name, version, license, author} = JSON.parse(
		await readFile(path.join(place, 'package.json'), 'utf8'),
	) as PackageWords;
	const files = await readdir(place, {recursive: true});
	const names = files
		.filter(
			file =>
				!/(?:^|[\/\\])node_modules[\/\\]/v.test(file) &&
				/^(?:licen[cs]es?|copying|notices?)(?:-\w+)?(?:\.(?:md|txt))?$/iv.test(path.basename(file)),
		)
		.toSorted();
	const holder = typeof author === 'string' ? author : author?.name;
	if (license === undefined || (names.length === 0 && (license !== 'MIT' || holder === undefined))) {
		throw new Error(`${name}: the package says no licence or holds no text of it; it can not be bundled as it is`);
	}

	const texts =
		names.length === 0
			? [mit(holder ?? '')]
			: await Promise.all(names.map(async file => readFile(path.join(place, file), 'utf8')));
	return {
		name,
		version,
		license,
		text: texts.map(text => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
	};
}

/** The packages of which code is in the outputs of a build, by name. */
export async function bundledPackages(metafile: Metafile): Promise<readonly BundledPackage[]> {
	const packages = await Promise.all(foldersOf(metafile).map(async folder => packageIn(folder)));
	return packages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The notices that the licences of the bundled packages ask for. */
export function noticesText(packages: readonly BundledPackage[]): string {
	const rule = '-'.repeat(78);
	return [
		'vqlab holds code of these packages, each under its own licence:',
		'',
		...packages.map(({name, version, license}) => `  ${name} ${version} (${license})`),
		'',
		...packages.flatMap(({name, version, text}) => [rule, `${name} ${version}`, rule, '', text, '']),
	].join('\n');
}
