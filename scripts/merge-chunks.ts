import path from 'node:path';
import {type Metafile} from 'esbuild';
import {type OutputChunk, rolldown} from 'rolldown';
import {type Chunk} from './constants.js';

type Outputs = Metafile['outputs'];

/** The entries whose files are put together, the one that needs least first. */
const together = {
	program: 'source/cli.tsx',
	presets: 'source/presets/load-preset.ts',
	core: 'source/commands/run.ts',
	desk: 'source/dashboard/start.tsx',
};

/** Bytes that nobody loads in vain with a group. */
const waste = 260_000;

/** A file of so few bytes takes longer to be found than to be read. */
const small = 8000;

/**
The outputs that an entry, by its source file, needs before it can run, itself among them; each
comes behind those that it needs.
*/
export function neededBy(entry: string, outputs: Outputs): ReadonlySet<string> {
	const seen = new Set<string>();
	const needed = new Set<string>();

	const need = (name: string): void => {
		if (!seen.has(name)) {
			seen.add(name);
			for (const {path: file, kind, external} of outputs[name].imports) {
				if (kind === 'import-statement' && external !== true) {
					need(file);
				}
			}

			needed.add(name);
		}
	};

	const [start] = Object.entries(outputs).find(([, {entryPoint}]) => entryPoint === entry) ?? [];
	if (start === undefined) {
		throw new Error(`the bundle has no ${entry}`);
	}

	need(start);
	return needed;
}

/** Source files that something begins with: of the program, or loaded on demand. */
const entriesOf = (outputs: Outputs): readonly string[] =>
	Object.values(outputs).flatMap(({entryPoint}) => entryPoint ?? []);

type Group = {readonly name: string; readonly files: ReadonlySet<string>};

/**
Which files become one: of those that an entry needs, all that nobody needs who would load much in
vain with them; and what is small. What the dashboard does without is not put with what it needs
before its first frame. The others stay alone. A group comes behind those that it needs.
*/
function groupsOf(outputs: Outputs): readonly Group[] {
	const bytesOf = (names: readonly string[]): number => names.reduce((sum, name) => sum + outputs[name].bytes, 0);
	// What the dashboard loads when its first frame is out finds there what that needed.
	const desk = neededBy(together.desk, outputs);
	const later = [...desk]
		.flatMap(name => outputs[name].imports.filter(({kind}) => kind === 'dynamic-import'))
		.flatMap(({path: file}) => outputs[file]?.entryPoint ?? []);
	const verbs = entriesOf(outputs).filter(name => !later.includes(name));
	const needs = verbs.map(entry => neededBy(entry, outputs));
	const taken = new Set(Object.keys(outputs).filter(name => outputs[name].entryPoint !== undefined));

	const take = (name: string, files: readonly string[]): Group => {
		for (const file of files) {
			taken.add(file);
		}

		return {name, files: new Set(files)};
	};

	/** The group of files, behind those of them that stay alone. */
	const groupsFor = (group: string, all: readonly string[]): readonly Group[] => {
		const files = all.filter(name => !taken.has(name));
		const others = needs.filter(other => bytesOf(files.filter(name => !other.has(name))) > waste);
		const alone = files.filter(name => others.some(other => other.has(name)));
		return [
			...alone.map(name => take(path.basename(name, '.js'), [name])),
			take(
				group,
				files.filter(name => !alone.includes(name)),
			),
		];
	};

	const [program, ...larger] = Object.entries(together);
	const first = groupsFor(program[0], [...neededBy(program[1], outputs)]);
	const common: string[] = [];
	for (const name of desk) {
		const needed = outputs[name].imports.filter(({external}) => external !== true);
		const isNeededAfter = needed.some(({path: file}) => !taken.has(file) && !common.includes(file));
		if (!taken.has(name) && outputs[name].bytes < small && !isNeededAfter) {
			common.push(name);
		}
	}

	return [
		...first,
		take('common', common),
		...larger.flatMap(([group, entry]) => {
			const files = [...neededBy(entry, outputs)];
			return [
				...groupsFor(
					group,
					files.filter(name => desk.has(name)),
				),
				...groupsFor(`${group}-beside`, files),
			];
		}),
		...groupsFor('later', [...new Set(later.flatMap(entry => [...neededBy(entry, outputs)]))]),
	];
}

/**
Files that are needed together as one. esbuild makes a file of each set of modules that the same
entries need, 75 of them before a first frame, and each of them Node looks up, reads and links: a
quarter of what loading took.
*/
export async function mergeChunks(chunks: readonly Chunk[], {outputs}: Metafile): Promise<readonly Chunk[]> {
	const texts = new Map(chunks.map(({name, code}) => [name, code]));
	// A group takes all along that its files need, but for what one of a higher priority has taken.
	const groups = groupsOf(outputs).map(({name, files}, index, all) => {
		const names = new Set([...files].map(file => path.basename(file)));
		return {name, priority: all.length - index, test: (file: string) => names.has(file)};
	});
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
