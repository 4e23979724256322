import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const source = fileURLToPath(new URL('../source/', import.meta.url));

/**
The directions of imports (design.md section 1): a folder may import itself and what stands
here, and nothing else. A new folder needs a line here first.
*/
const ground = ['errors', 'engine', 'devices', 'tracepoints', 'parameters'];
const simulation = [...ground, 'virtqueue', 'cpu', 'guest', 'host', 'simulation'];
const observers = [...simulation, 'metrics', 'tracking'];
const headless = [
	...observers,
	'files',
	'statistics',
	'run',
	'diagnosis',
	'presets',
	'lessons',
	'trace',
	'meter',
	'calibration',
	'export',
	'theory',
	'selfcheck',
	'validation',
	'experiment',
	'charts',
	'report',
];
const allowed: Readonly<Record<string, readonly string[]>> = {
	errors: [],
	devices: ['engine', 'parameters'],
	tracepoints: ['engine'],
	engine: [],
	parameters: ['engine', 'devices'],
	virtqueue: ['engine'],
	cpu: ['engine', 'parameters', 'tracepoints'],
	guest: [...ground, 'virtqueue', 'cpu'],
	host: [...ground, 'virtqueue', 'cpu'],
	simulation: [...ground, 'virtqueue', 'cpu', 'guest', 'host'],
	metrics: simulation,
	statistics: ['engine'],
	tracking: simulation,
	run: observers,
	diagnosis: [...observers, 'run', 'presets', 'charts'],
	files: [],
	presets: [...observers, 'files'],
	lessons: ['parameters', 'simulation', 'presets'],
	trace: ['engine', 'devices', 'parameters', 'files'],
	meter: [...observers, 'trace'],
	calibration: [...observers, 'run', 'trace'],
	export: [...observers, 'run', 'trace'],
	theory: [...observers, 'run', 'presets'],
	selfcheck: [...observers, 'run', 'presets', 'theory', 'statistics'],
	validation: [...observers, 'run', 'presets', 'theory'],
	experiment: [...observers, 'run', 'presets', 'statistics'],
	charts: ['engine', 'parameters', 'metrics'],
	report: [
		...observers,
		'diagnosis',
		'run',
		'presets',
		'selfcheck',
		'validation',
		'statistics',
		'experiment',
		'charts',
	],
	work: [...observers, 'run', 'diagnosis', 'presets', 'selfcheck', 'validation', 'experiment'],
	session: headless,
	terminal: ['charts'],
	commands: [...headless, 'terminal', 'session', 'views', 'dashboard', 'work'],
	views: [...headless, 'session'],
	dashboard: [...headless, 'session', 'views', 'terminal'],
};

/** Files at the top: the program, the library, and the version that all may name. */
const entries = new Set(['cli.tsx', 'index.ts', 'version.ts']);

/** Folders below `session/`: numbers in, numbers or text out. */
const belowSession = headless.filter(folder => folder !== 'files');

/** Where the events of a run are decided: the same on every machine. */
const modelFolders = ['engine', 'virtqueue', 'cpu', 'guest', 'host', 'simulation', 'metrics', 'statistics'];

/**
What any folder may import: a user's mistake is found where it is found, and what it
quotes is shortened like any text.
*/
const anyone = /\/(?:errors\/[\w\-]+|version|fit-text)\.js$/v;

type SourceFile = {
	/** Path below source/, with `/`. */
	readonly name: string;
	/** First folder of the path; empty for the entries. */
	readonly folder: string;
	readonly text: string;
	/** What the file imports, as it is written. */
	readonly imports: readonly string[];
};

const files = readdirSync(source, {recursive: true, encoding: 'utf8'})
	.filter(name => /\.tsx?$/v.test(name))
	.map(name => readSource(name.split(path.sep).join('/')));

function readSource(name: string): SourceFile {
	const text = readFileSync(path.join(source, name), 'utf8');
	const imports = [
		...text.matchAll(/(?:^(?:import|export)\b[^;]*?\bfrom |^import |\bimport\()'(?<specifier>[^']+)'/gmv),
	];
	return {
		name,
		folder: name.includes('/') ? name.slice(0, name.indexOf('/')) : '',
		text,
		imports: imports.map(match => match.groups?.specifier ?? ''),
	};
}

/** The folder below source/ that a relative import reaches; undefined for packages. */
function folderOf(file: SourceFile, specifier: string): string | undefined {
	if (!specifier.startsWith('.')) {
		return undefined;
	}

	const reached = path.posix.normalize(path.posix.join(path.posix.dirname(file.name), specifier));
	return reached.includes('/') ? reached.slice(0, reached.indexOf('/')) : '';
}

function inFolders(folders: readonly string[]): readonly SourceFile[] {
	return files.filter(file => folders.includes(file.folder));
}

/** Comments may name what the code may not use. */
function code(file: SourceFile): string {
	return file.text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmv, '');
}

test('the walk finds the sources and their imports', () => {
	expect(files.length).toBeGreaterThan(30);
	const distribution = files.find(file => file.name === 'engine/distribution.ts');
	expect(distribution?.imports).toEqual(['./logarithm.js', './normal-quantile.js', './random.js']);
});

test('every folder has its line in the allow-list', () => {
	const folders = new Set(files.map(file => file.folder).filter(folder => folder !== ''));
	expect([...folders].filter(folder => !Object.hasOwn(allowed, folder))).toEqual([]);
	expect(files.filter(file => file.folder === '' && !entries.has(file.name)).map(file => file.name)).toEqual([]);
});

test('imports go in the allowed directions only', () => {
	const wrong: string[] = [];
	for (const file of files) {
		if (file.folder === '') {
			continue;
		}

		for (const specifier of file.imports) {
			const folder = folderOf(file, specifier);
			if (folder === undefined || folder === file.folder || anyone.test(specifier)) {
				continue;
			}

			if (!(allowed[file.folder] ?? []).includes(folder)) {
				wrong.push(`${file.name} imports ${specifier}`);
			}
		}
	}

	expect(wrong).toEqual([]);
});

/** The files below source/ that a file imports, types included. */
function importedBy(file: SourceFile): readonly SourceFile[] {
	return file.imports
		.filter(specifier => specifier.startsWith('.'))
		.flatMap(specifier => {
			const reached = path.posix
				.normalize(path.posix.join(path.posix.dirname(file.name), specifier))
				.replace(/\.js$/v, '');
			return files.filter(({name}) => name === `${reached}.ts` || name === `${reached}.tsx`);
		});
}

test('no file imports itself, whatever the way round', () => {
	const circles: string[] = [];
	const done = new Set<SourceFile>();
	const walk = (file: SourceFile, way: readonly SourceFile[]): void => {
		if (way.includes(file)) {
			circles.push([...way.slice(way.indexOf(file)), file].map(({name}) => name).join(' -> '));
			return;
		}

		if (!done.has(file)) {
			for (const next of importedBy(file)) {
				walk(next, [...way, file]);
			}

			done.add(file);
		}
	};

	for (const file of files) {
		walk(file, []);
	}

	expect(circles).toEqual([]);
});

test('the program reaches the dashboard by a dynamic import only', () => {
	const static_ = files
		.filter(file => !['dashboard', 'session', 'terminal'].includes(file.folder))
		.filter(file =>
			/^(?:import|export)\b[^;]*?'(?:[^']*\/dashboard\/[^']*|ink|ink-table|react)'/mv.test(
				file.text.replaceAll(/^import (?:type\b|\{type [^\}]*\})[^;]*;/gmv, ''),
			),
		);
	expect(static_.map(file => file.name)).toEqual([]);
});

test('below session/ there is no terminal, no React and no wall clock', () => {
	const packages = /^(?:ink|ink-.*|react|react\/.*)$/v;
	const words =
		/process\.(?:stdout|stderr|stdin)|\bDate\.now\b|\bnew Date\b|\bperformance\.now\b|\bMath\.random\b|\bconsole\./v;
	const wrong = inFolders(belowSession).filter(
		file => words.test(code(file)) || file.imports.some(specifier => packages.test(specifier)),
	);
	expect(wrong.map(file => file.name)).toEqual([]);
});

test('the model uses no function of Math that engines compute differently', () => {
	const words = /\bMath\.(?:log\w*|exp\w*|pow|sin\w*|cos\w*|tan\w*|asin\w*|acos\w*|atan\w*|cbrt|hypot)\b|\*\*/v;
	const wrong = inFolders(modelFolders).filter(file => words.test(code(file)));
	expect(wrong.map(file => file.name)).toEqual([]);
});
