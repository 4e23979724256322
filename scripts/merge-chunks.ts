import path from 'node:path';
import {type Metafile} from 'esbuild';
import {type OutputChunk, rolldown} from 'rolldown';

/** A file of a bundle: its name and its text. */
export type Chunk = {readonly name: string; readonly code: string};

type Outputs = Metafile['outputs'];

/** Whose files are put together: what these need. */
const dashboard = 'source/dashboard/start.tsx';
const model = 'source/commands/run.ts';
const program = 'source/cli.tsx';

/** The outputs that an entry, by its source file, needs before it can run; its own among them. */
export function neededBy(entry: string, outputs: Outputs): ReadonlySet<string> {
	const needed = new Set<string>();

	const need = (name: string): void => {
		if (!needed.has(name)) {
			needed.add(name);
			for (const {path: file, kind, external} of outputs[name].imports) {
				if (kind === 'import-statement' && external !== true) {
					need(file);
				}
			}
		}
	};

	const [start] = Object.entries(outputs).find(([, {entryPoint}]) => entryPoint === entry) ?? [];
	if (start === undefined) {
		throw new Error(`the bundle has no ${entry}`);
	}

	need(start);
	return needed;
}

/**
The files that a start needs, put into three: what every start needs (`program`), the model with
what is about it (`core`), and what only the dashboard needs (`desk`). esbuild makes a file of each
set of modules that the same entries need, 75 of them before a first frame, and each of them Node
looks up, reads and links: a quarter of what loading took. All other files stay as they are.
*/
export async function mergeChunks(chunks: readonly Chunk[], {outputs}: Metafile): Promise<readonly Chunk[]> {
	const texts = new Map(chunks.map(({name, code}) => [name, code]));
	const [forAll, forDashboard, forRun] = [program, dashboard, model].map(
		entry => new Set([...neededBy(entry, outputs)].map(name => path.basename(name))),
	);
	const entries = Object.entries(outputs).filter(([, {entryPoint}]) => entryPoint !== undefined);
	const isEntry = new Set(entries.map(([name]) => path.basename(name)));
	// A group takes what its files need along, but for what a group before it has taken.
	const groups = [
		{name: 'program', files: forAll},
		{name: 'core', files: new Set([...forDashboard].filter(name => forRun.has(name)))},
		{name: 'desk', files: forDashboard},
	].map(({name, files}, index, all) => ({
		name,
		priority: all.length - index,
		test: (file: string) => files.has(file) && !isEntry.has(file),
	}));
	const bundle = await rolldown({
		input: ['cli', 'index', 'worker'].map(name => `${name}.js`),
		platform: 'node',
		treeshake: false,
		preserveEntrySignatures: 'strict',
		plugins: [
			{
				name: 'chunks',
				resolveId(id) {
					const name = path.basename(id);
					return texts.has(name) ? name : {id, external: true};
				},
				load: name => texts.get(name) ?? null,
			},
		],
	});
	const {output} = await bundle.generate({
		format: 'esm',
		entryFileNames: '[name].js',
		chunkFileNames: '[name]-[hash].js',
		comments: false,
		minify: {mangle: false, compress: false, codegen: {removeWhitespace: true}},
		codeSplitting: {groups},
	});
	return output
		.filter((file): file is OutputChunk => file.type === 'chunk')
		.map(({fileName, code}) => ({name: fileName, code: inAscii(code)}));
}

/** A file of other characters would be held with two bytes for each. */
function inAscii(code: string): string {
	return code.replaceAll(/\P{ASCII}/gv, character => {
		const point = (character.codePointAt(0) ?? 0).toString(16);
		return point.length > 4 ? String.raw`\u{${point}}` : String.raw`\u${point.padStart(4, '0')}`;
	});
}
