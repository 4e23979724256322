import {existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {distribution, root} from './places.js';

/** When the newest file that decides what is built was changed, ms. */
export function newestSource(): number {
	const entries = ['source', 'scripts'].flatMap(folder =>
		readdirSync(path.join(root, folder), {recursive: true, withFileTypes: true}),
	);
	return Math.max(
		statSync(path.join(root, 'package-lock.json')).mtimeMs,
		...entries
			.filter(entry => entry.isFile())
			.map(entry => statSync(path.join(entry.parentPath, entry.name)).mtimeMs),
	);
}

/**
The program is built, of what its sources are now: a folder says when one was added or taken away.
*/
export function isBuilt(): boolean {
	const built = statSync(path.join(distribution, 'cli.js'), {throwIfNoEntry: false});
	const folders = ['source', 'scripts'].flatMap(folder => [
		path.join(root, folder),
		...readdirSync(path.join(root, folder), {recursive: true, withFileTypes: true})
			.filter(entry => entry.isDirectory())
			.map(entry => path.join(entry.parentPath, entry.name)),
	]);
	return (
		built !== undefined &&
		built.mtimeMs > Math.max(newestSource(), ...folders.map(folder => statSync(folder).mtimeMs))
	);
}

/** What a declaration imports, as it is written. */
function importsOf(text: string): readonly string[] {
	return [...text.matchAll(/\bfrom '(?<specifier>[^']+)'|\bimport\("(?<type>[^"]+)"\)/gv)].map(
		({groups}) => groups?.specifier ?? groups?.type ?? '',
	);
}

/** The declarations of all sources, by path below `source/`. */
async function emitted(): Promise<ReadonlyMap<string, string>> {
	const {compiler} = await import('./compiler.js');
	const source = path.join(root, 'source');
	const project = compiler.getParsedCommandLineOfConfigFile(
		path.join(root, 'tsconfig.json'),
		{
			noEmit: false,
			declaration: true,
			// That the types hold is said by `npm run types`; declarations need only some of them.
			noCheck: true,
			emitDeclarationOnly: true,
			removeComments: false,
			rootDir: source,
			outDir: source,
		},
		{
			...compiler.sys,
			onUnRecoverableConfigFileDiagnostic(diagnostic) {
				throw new Error(compiler.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
			},
		},
	);
	const files = new Map<string, string>();
	const {diagnostics} = compiler
		.createProgram([path.join(source, 'index.ts')], project?.options ?? {})
		.emit(undefined, (file, text) => {
			files.set(path.relative(source, file).split(path.sep).join('/'), text);
		});
	if (diagnostics.length > 0) {
		throw new Error(
			compiler.formatDiagnostics(diagnostics, {
				getCanonicalFileName: name => name,
				getCurrentDirectory: () => root,
				getNewLine: () => '\n',
			}),
		);
	}

	return files;
}

/**
Properties of the tables that hold sentences and names for people, by the name of the property.
*/
const prose = /(?<=\breadonly (?:words|functions|versions|moves|noHelp|source|how|label|title): )"(?:[^"\\]|\\.)*"/gv;

/**
A declaration whose tables say `string` for a sentence: its letters are no type that anybody needs,
and weigh.
*/
export function withoutProse(text: string): string {
	return text.replaceAll(prose, 'string');
}

/**
The declarations that the library's users need: `index.d.ts` and what it leads to. They stand alone.

@throws {Error} when one of them needs a package, which users do not have.
*/
function reachable(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	const waiting = ['index.d.ts'];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		const text = files.get(file);
		if (text === undefined || found.has(file)) {
			continue;
		}

		found.set(file, text);
		// The example in index.ts imports the library by its name.
		for (const specifier of importsOf(text.replaceAll(/\/\*[\s\S]*?\*\//gv, ''))) {
			if (!specifier.startsWith('.')) {
				throw new Error(
					`types of the library: ${file} imports ${specifier}, and users of the library have no ` +
						'packages of ours',
				);
			}

			waiting.push(path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/v, '.d.ts'));
		}
	}

	return found;
}

/** A declaration without its comments, each of which begins a line. */
export function withoutComments(text: string): string {
	return text.replaceAll(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gmv, '');
}

/**
`index.d.ts` and the files whose names it exports: what users read about is commented, what lies
behind it is not.
*/
function exportedFrom(files: ReadonlyMap<string, string>): ReadonlySet<string> {
	const index = files.get('index.d.ts') ?? '';
	return new Set([
		'index.d.ts',
		...importsOf(withoutComments(index)).map(specifier => path.posix.join(specifier).replace(/\.js$/v, '.d.ts')),
	]);
}

/**
Declarations for users of the library, into `types/` of a folder, `distribution/` by default. The
compiler takes several seconds, so `npm start` does without: they are written before packing only,
and only when a source file is newer than they are.
*/
export async function declarations({to = distribution}: {readonly to?: string} = {}): Promise<void> {
	const types = path.join(to, 'types');
	const index = path.join(types, 'index.d.ts');
	if (existsSync(index) && statSync(index).mtimeMs > newestSource()) {
		return;
	}

	const files = reachable(await emitted());
	const exported = exportedFrom(files);
	mkdirSync(to, {recursive: true});
	// Whoever packs meanwhile finds all of them or none.
	const made = mkdtempSync(`${types}-`);
	for (const [file, text] of files) {
		const short = withoutProse(text);
		mkdirSync(path.dirname(path.join(made, file)), {recursive: true});
		writeFileSync(path.join(made, file), exported.has(file) ? short : withoutComments(short));
	}

	rmSync(types, {recursive: true, force: true});
	renameSync(made, types);
}
