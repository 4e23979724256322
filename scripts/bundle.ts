import {createHash} from 'node:crypto';
import {mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build, type Metafile, type OutputFile, type Plugin, transform} from 'esbuild';
import {headStartSuffix} from '../source/dashboard/head-starts.js';
import {withConstants} from './constants.js';
import {withOwnEmits} from './emits.js';
import {manPage} from './man-page.js';
import {mergeChunks} from './merge-chunks.js';
import {bundledPackages, noticesText} from './notices.js';
import {distribution, manPageFile, metafileFile, noticesFile, root} from './places.js';
import {writtenRecords} from './written-records.js';

/** The files that a user starts or imports. */
const entryPoints: Record<string, string> = {
	cli: 'source/cli.tsx',
	index: 'source/index.ts',
	worker: 'source/work/worker.ts',
};

/**
Ink asks for React's developer tools, and a web socket to them, only when DEV is set;
the program does not ship them.
*/
const noDeveloperTools: Plugin = {
	name: 'no-developer-tools',
	setup(builder) {
		/* eslint-disable require-unicode-regexp -- the filters are read by Go, which knows no such flag */
		builder.onResolve({filter: /^\.\/devtools\.js$/}, ({importer}) =>
			importer.includes('/ink/') ? {path: 'devtools', namespace: 'empty'} : undefined,
		);
		builder.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export {};'}));
		/* eslint-enable require-unicode-regexp */
	},
};

/**
What meow evaluates at every start to read a package.json and to put it in order: it is
given name and version, in order.
*/
const packageReaders = [
	['var normalizeExports = requireNormalize();', 'const normalizeExports = packageJson => packageJson;'],
	['var libExports = requireLib$1();', 'const libExports = {};'],
] as const;

/**
Leaves that out, half of the time that the command line takes; what only it needs goes with it.
*/
const noPackageReaders: Plugin = {
	name: 'no-package-readers',
	setup(builder) {
		// eslint-disable-next-line require-unicode-regexp -- the filters are read by Go, which knows no such flag
		builder.onLoad({filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/}, async ({path: file}) => {
			let contents = await readFile(file, 'utf8');
			for (const [eager, plain] of packageReaders) {
				if (!contents.includes(eager)) {
					throw new Error(`${file}: no more ${eager}`);
				}

				contents = contents.replace(eager, () => plain);
			}

			return {contents};
		});
	},
};

/** Ink draws its frames on an output that lets painted rows through. */
const paintedRows: Plugin = {
	name: 'painted-rows',
	setup(builder) {
		const declared = 'export default class Output ';
		// eslint-disable-next-line require-unicode-regexp -- the filters are read by Go, which knows no such flag
		builder.onLoad({filter: /[\\/]ink[\\/]build[\\/]output\.js$/}, async ({path: file}) => {
			const contents = await readFile(file, 'utf8');
			if (!contents.includes(declared)) {
				throw new Error(`${file}: no more ${declared}`);
			}

			const ours = JSON.stringify(path.join(root, 'source/dashboard/painted-output.ts'));
			return {
				contents: [
					`import {paintedOutput} from ${ours};`,
					contents.replace(declared, () => 'class Output '),
					'export default paintedOutput(Output);',
				].join('\n'),
			};
		});
	},
};

/**
Packages with short names inside their functions. Ours keep theirs, so that the stack of a fault can
be read.
*/
const shortNames: Plugin = {
	name: 'short-names',
	setup(builder) {
		// eslint-disable-next-line require-unicode-regexp -- the filters are read by Go, which knows no such flag
		builder.onLoad({filter: /[\\/]node_modules[\\/].*\.[cm]?js$/}, async ({path: file}) => {
			const {code} = await transform(await readFile(file, 'utf8'), {
				minifyIdentifiers: true,
				legalComments: 'none',
				target: 'node20',
			});
			return {contents: code};
		});
	},
};

/** Modules in CommonJS inside the bundle call `require` for Node's own modules. */
const banner =
	"import {createRequire as vqlabCreateRequire} from 'node:module';\nconst require = " +
	'vqlabCreateRequire(import.meta.url);';

/**
Bundles the program and the library into a folder, `distribution/` by default, with the notices of
all that is in them. Every file is written beside its place and renamed, so that a program that
starts meanwhile reads the old one or the new one.
*/
export async function bundle({to = distribution}: {readonly to?: string} = {}): Promise<void> {
	const {outputFiles, metafile} = await build({
		absWorkingDir: root,
		entryPoints,
		outdir: to,
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		jsx: 'automatic',
		// Names stay, so that the stack of a fault can be read; keepNames would cost start-up time.
		minifyWhitespace: true,
		minifySyntax: true,
		// They are in the notices, whole.
		legalComments: 'none',
		define: {
			vqlabBuild: JSON.stringify(await buildId()),
			'process.env.NODE_ENV': '"production"',
			// The loader of Yoga asks for it, and Node would load a client for HTTP to answer.
			fetch: 'undefined',
		},
		banner: {js: banner},
		plugins: [noDeveloperTools, noPackageReaders, paintedRows, writtenRecords, shortNames],
		logLevel: 'warning',
		write: false,
		metafile: true,
	});
	await mkdir(to, {recursive: true});
	await replace(path.join(to, noticesFile), noticesText(await bundledPackages(metafile)), 0o644);
	await replace(path.join(to, manPageFile), await manPage(), 0o644);
	await replace(path.join(to, metafileFile), JSON.stringify(metafile), 0o644);
	const texts = runningFast(outputFiles, metafile);
	const merged = await mergeChunks(
		outputFiles.map(file => ({name: path.basename(file.path), code: texts.get(file.path) ?? file.text})),
		metafile,
	);
	for (const {name, code} of merged.toSorted((a, b) => Number(isEntry(a.name)) - Number(isEntry(b.name)))) {
		await replace(path.join(to, name), code, isEntry(name) ? 0o755 : 0o644); // eslint-disable-line no-await-in-loop -- entries go last, when their chunks are there
	}
}

/** Folders of what runs at each event. */
const hot =
	/^source\/(?:cpu|devices|engine|guest|host|metrics|parameters|simulation|tracepoints|tracking|virtqueue)\//v;

/** The files that hold what runs at each event, their constants known as such; by path. */
function runningFast(files: readonly OutputFile[], {outputs}: Metafile): ReadonlyMap<string, string> {
	const inputs = new Map(
		Object.entries(outputs).map(([name, output]) => [path.basename(name), Object.keys(output.inputs)]),
	);
	const chunks = files
		.map(file => ({file, from: inputs.get(path.basename(file.path)) ?? []}))
		.filter(
			({file, from}) =>
				!isEntry(file.path) &&
				from.some(name => hot.test(name)) &&
				from.every(name => !name.includes('node_modules')),
		)
		.map(({file}) => ({path: file.path, name: path.basename(file.path), code: file.text}));
	return new Map(withConstants(withOwnEmits(chunks)).map(({code}, index) => [chunks[index].path, code]));
}

async function replace(file: string, contents: string | Uint8Array, mode: number): Promise<void> {
	const temporary = `${file}.${process.pid}`;
	await writeFile(temporary, contents, {mode});
	await rename(temporary, file);
}

/**
What the program is made of: 16 hex digits over all sources, what is bundled with them and how
(the lockfile, the scripts).
*/
export async function buildId(): Promise<string> {
	const names = await readdir(path.join(root, 'source'), {recursive: true, withFileTypes: true});
	const files = names.filter(entry => entry.isFile()).map(({parentPath, name}) => path.join(parentPath, name));
	const hash = createHash('sha256');
	for (const file of [
		...files.toSorted(),
		...[
			'package-lock.json',
			...['bundle', 'constants', 'emits', 'merge-chunks'].map(name => `scripts/${name}.ts`),
		].map(name => path.join(root, name)),
	]) {
		hash.update(`${path.relative(root, file)}\n`).update(await readFile(file)); // eslint-disable-line no-await-in-loop -- in their order
	}

	return hash.digest('hex').slice(0, 16);
}

function isEntry(file: string): boolean {
	return Object.hasOwn(entryPoints, path.basename(file, '.js'));
}

/** Removes what earlier builds left in `distribution/`, but for the declarations. */
export async function clean(): Promise<void> {
	const names = await readdir(distribution).catch(() => []);
	await Promise.all(
		names
			.filter(name => name.endsWith('.js') || name.endsWith(headStartSuffix))
			.map(async name => rm(path.join(distribution, name), {force: true})),
	);
}
