import {
	mkdir, readdir, rename, rm, writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, type OutputFile, type Plugin} from 'esbuild';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** Where the built program lies. */
export const distribution = path.join(root, 'distribution');

/** The files that a user starts or imports. */
const entryPoints: Record<string, string> = {
	cli: 'source/cli.tsx',
	index: 'source/index.ts',
	'selfcheck-worker': 'source/commands/selfcheck-worker.ts',
	'validation-worker': 'source/commands/validation-worker.ts',
};

/** Ink asks for the developer tools only when DEV is set; the program does not ship them. */
const noDeveloperTools: Plugin = {
	name: 'no-developer-tools',
	setup(builder) {
		/* eslint-disable require-unicode-regexp -- the filters are read by Go, which knows no such flag */
		builder.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
		builder.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {initialize() {}, connectToDevTools() {}};'}));
		/* eslint-enable require-unicode-regexp */
	},
};

/** Modules in CommonJS inside the bundle call `require` for Node's own modules. */
const banner = 'import {createRequire as vqlabCreateRequire} from \'node:module\';\nconst require = vqlabCreateRequire(import.meta.url);';

/**
Bundles the program and the library into `distribution/`. Every file is written beside its
place and renamed, so that a program that starts meanwhile reads the old one or the new one.
*/
export async function bundle(): Promise<void> {
	const {outputFiles} = await build({
		absWorkingDir: root,
		entryPoints,
		outdir: distribution,
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		jsx: 'automatic',
		// Names stay, so that the stack of a fault can be read; keepNames would cost start-up time.
		minifyWhitespace: true,
		minifySyntax: true,
		legalComments: 'none',
		define: {
			'process.env.NODE_ENV': '"production"',
		},
		banner: {js: banner},
		plugins: [noDeveloperTools],
		logLevel: 'warning',
		write: false,
	});
	await mkdir(distribution, {recursive: true});
	const chunksFirst = outputFiles.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)));
	for (const file of chunksFirst) {
		const temporary = `${file.path}.${process.pid}`;
		await writeFile(temporary, file.contents, {mode: isEntry(file) ? 0o755 : 0o644}); // eslint-disable-line no-await-in-loop -- entries go last, when their chunks are there
		await rename(temporary, file.path); // eslint-disable-line no-await-in-loop -- the same
	}
}

function isEntry(file: OutputFile): boolean {
	return Object.hasOwn(entryPoints, path.basename(file.path, '.js'));
}

/** Removes what earlier builds left in `distribution/`, but for the declarations. */
export async function clean(): Promise<void> {
	const names = await readdir(distribution).catch(() => []);
	await Promise.all(names.filter(name => name.endsWith('.js')).map(async name => rm(path.join(distribution, name), {force: true})));
}
