import {execFileSync, spawnSync} from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type Metafile} from 'esbuild';
import {afterAll, beforeAll, expect, test} from 'vitest';
import packageJson from '../package.json' with {type: 'json'};
import {distribution, manPageFile, metafileFile, noticesFile, root} from '../scripts/places.js';
import {declarations} from '../scripts/declarations.js';
import {neededBy} from '../scripts/merge-chunks.js';
import {bundledPackages} from '../scripts/notices.js';
import {buildCli} from './helpers/cli.js';
import {TestTerminal} from './helpers/terminal.js';

/** What `npm pack` makes of the repository, installed where there is nothing else. */
const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-package-'));
const staging = path.join(folder, 'staging');
const prefix = path.join(folder, 'prefix');
const installed = path.join(prefix, 'node_modules/vqlab');
let metafile: Metafile;

function npm(cwd: string, ...argv: readonly string[]): string {
	return execFileSync(
		'npm',
		[...argv, '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
		{cwd, encoding: 'utf8'},
	);
}

/** The files of the program that is built, without what earlier builds have left beside it. */
function builtFiles(): ReadonlySet<string> {
	const found = new Set(['cli.js', 'index.js', 'worker.js']);
	for (const file of found) {
		const text = readFileSync(path.join(distribution, file), 'utf8');
		for (const [, name] of text.matchAll(/["`]\.\/([\w\-]+\.js)["`]/gv)) {
			found.add(name);
		}
	}

	return found;
}

beforeAll(async () => {
	for (const name of ['package.json', 'README.md', 'LICENSE', 'presets']) {
		cpSync(path.join(root, name), path.join(staging, name), {recursive: true});
	}

	await buildCli();
	// Kept where `npm pack` finds them again: the compiler takes as long as all else here.
	await declarations();
	for (const name of [...builtFiles(), noticesFile, manPageFile, 'types']) {
		cpSync(path.join(distribution, name), path.join(staging, 'distribution', name), {recursive: true});
	}

	metafile = JSON.parse(readFileSync(path.join(distribution, metafileFile), 'utf8')) as Metafile;
	const [tarball] = npm(staging, 'pack', '--pack-destination', folder).trim().split('\n').slice(-1);
	mkdirSync(prefix);
	writeFileSync(path.join(prefix, 'package.json'), '{"type": "module", "private": true}');
	npm(prefix, 'install', path.join(folder, tarball));
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

test('it needs no other package', () => {
	expect(packageJson).not.toHaveProperty('dependencies');
	expect(readdirSync(path.join(prefix, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual(['vqlab']);
	expect(existsSync(path.join(installed, 'node_modules'))).toBe(false);
	expect(readdirSync(installed).toSorted()).toEqual([
		'LICENSE',
		'README.md',
		'distribution',
		'package.json',
		'presets',
	]);
});

test('what the bundle imports is in Node', () => {
	const files = readdirSync(path.join(installed, 'distribution')).filter(name => name.endsWith('.js'));
	// What is needed together is in one file, whatever its hash is.
	expect(files.filter(file => /^(?:program|common|presets|core|desk)-.{8}\.js$/v.test(file))).toHaveLength(5);
	for (const file of files) {
		const text = readFileSync(path.join(installed, 'distribution', file), 'utf8');
		expect(text, file).not.toMatch(/\P{ASCII}/v);
		const specifiers = [
			...text.matchAll(/(?:^|[;\}])(?:import|export)\b[^;'"]*?(?:from)?"(?<specifier>[^"]+)"/gmv),
		].map(({groups}) => groups?.specifier ?? '');
		expect(
			specifiers.filter(
				specifier =>
					!/^(?:\.\/|node:)/v.test(specifier) &&
					![
						'assert',
						'buffer',
						'child_process',
						'events',
						'fs',
						'module',
						'os',
						'path',
						'process',
						'stream',
						'tty',
						'url',
						'util',
					].includes(specifier),
			),
			file,
		).toEqual([]);
	}
});

test('the program runs, and the help starts', () => {
	const {stdout, stderr, status} = spawnSync(
		path.join(prefix, 'node_modules/.bin/vqlab'),
		['run', '--for', '20ms', '--warmup', '5ms', '--format', 'json'],
		{cwd: folder, encoding: 'utf8'},
	);
	expect({stderr, status}).toEqual({stderr: '', status: 0});
	expect(JSON.parse(stdout)).toMatchObject({end: 'duration', vqlab: packageJson.version});
	const validated = spawnSync(path.join(prefix, 'node_modules/.bin/vqlab'), ['presets'], {
		cwd: folder,
		encoding: 'utf8',
	});
	expect(validated.stdout).toContain('seed-2019-kick-under-lock');
});

test('its workers are there', () => {
	const testbed = JSON.parse(readFileSync(path.join(root, 'test/testbed/cells.json'), 'utf8')) as {cells: unknown[]};
	const cells = path.join(folder, 'cells.json');
	writeFileSync(cells, JSON.stringify({...testbed, cells: testbed.cells.slice(0, 2), pairs: []}));
	const {stdout, status} = spawnSync(
		path.join(prefix, 'node_modules/.bin/vqlab'),
		['validate', cells, '--for', '5ms', '--warmup', '1ms', '--runs', '1', '--require', '0', '--format', 'json'],
		{cwd: folder, encoding: 'utf8'},
	);
	expect(status).toBe(0);
	expect((JSON.parse(stdout) as {cells: unknown[]}).cells).toHaveLength(2);
});

test('the library works, and its types stand alone in a strict project', () => {
	writeFileSync(
		path.join(prefix, 'use.ts'),
		`
import {configurationOf, createVirtqueue, listPresets, loadPreset, parseSets, Recorder, Run, runSimulation, savePreset, Simulation, UserError, type Metrics, type Observer, type Preset, type RunOutcome, type Stretch} from 'vqlab';

const preset: Preset = loadPreset('seed-2019-kick-under-lock');
const outcome: RunOutcome = runSimulation({
	configuration: configurationOf(preset, parseSets(['queue.size=128'])), seed: 1, warmup: 1e6, duration: 5e6, changes: [], budget: 1e6,
});
const metrics: Metrics = outcome.metrics;
const stretches: readonly Stretch[] = outcome.stretches;
const observer: Observer = {published(time: number, thread: number, command: number, numFree: number): void {}};
const simulation: Simulation = new Simulation(configurationOf(preset), 1);
simulation.observe(observer);
simulation.observe(new Recorder(simulation, 1e6));
simulation.runUntil(1e6);
// @ts-expect-error -- a typed library: this is no number
export const wrong: number = metrics.verdict;
export const used = [createVirtqueue, listPresets, Run, savePreset, UserError, stretches, outcome.end === 'budget'];
const print: (text: string) => void = (globalThis as unknown as {console: {log(text: string): void}}).console.log;
print(JSON.stringify({completed: metrics.throughput.completed, events: simulation.events}));
`,
	);
	writeFileSync(
		path.join(prefix, 'tsconfig.json'),
		JSON.stringify({
			compilerOptions: {
				module: 'NodeNext',
				target: 'ES2022',
				lib: ['ES2022'],
				types: [],
				strict: true,
				exactOptionalPropertyTypes: true,
				noUncheckedIndexedAccess: true,
				// Ours are looked at, those of the language are not.
				skipLibCheck: false,
				skipDefaultLibCheck: true,
				verbatimModuleSyntax: true,
			},
			files: ['use.ts'],
		}),
	);
	const {stdout, status} = spawnSync(
		process.execPath,
		[path.join(root, 'node_modules/typescript/bin/tsc'), '-p', prefix],
		{cwd: prefix, encoding: 'utf8'},
	);
	expect({stdout, status}).toEqual({stdout: '', status: 0});
	const result: unknown = JSON.parse(execFileSync(process.execPath, ['use.js'], {cwd: prefix, encoding: 'utf8'}));
	expect(result).toEqual({completed: expect.any(Number) as number, events: expect.any(Number) as number});
});

test('the dashboard opens', async () => {
	const terminal = new TestTerminal(path.join(prefix, 'node_modules/.bin/vqlab'), ['ring-too-small'], {cwd: folder});
	try {
		await terminal.until('Contention');
		terminal.write('q');
		expect(await terminal.exited).toEqual({code: 0, signal: 0});
		expect(terminal.unwrapped).toMatch(/^vqlab run ring-too-small/mv);
	} finally {
		terminal.dispose();
	}
});

test('the notices name every package of which code is in the bundle, with its licence', async () => {
	const notices = readFileSync(path.join(installed, 'distribution', noticesFile), 'utf8');
	const packages = await bundledPackages(metafile);
	const inputs = Object.values(metafile.outputs)
		.flatMap(({inputs: files}) => Object.entries(files))
		.filter(([, {bytesInOutput}]) => bytesInOutput > 0)
		.map(([file]) => file);
	const folders = new Set(
		inputs
			.filter(file => file.includes('node_modules/'))
			.map(file => /^.*node_modules\/(?<name>(?:@[^\/]+\/)?[^\/]+)/v.exec(file)?.[0]),
	);
	expect(packages).toHaveLength(folders.size);
	expect(packages.map(({name}) => name)).toEqual(
		expect.arrayContaining(['ink', 'react', 'zod', 'meow', 'yoga-layout', 'asciichart', '@alcalzone/ink-table']),
	);
	for (const {name, version, text} of packages) {
		expect(notices).toContain(`\n${name} ${version}\n`);
		expect(notices).toContain(text);
		expect(text).toMatch(/copyright|permission/iv);
	}
});

test('a first frame waits neither for Ink nor for React', () => {
	const before = neededBy('source/dashboard/start.tsx', metafile.outputs);
	const inputs = [...before].flatMap(name => Object.keys(metafile.outputs[name].inputs));
	expect(inputs).toContain('source/dashboard/screen-painter.ts');
	expect(inputs.filter(file => /node_modules\/(?:ink|react|react-reconciler|yoga-layout)\//v.test(file))).toEqual([]);
});

test('the developer tools of Ink are not in it', () => {
	const inputs = Object.values(metafile.outputs).flatMap(({inputs: files}) => Object.keys(files));
	expect(inputs.filter(file => /node_modules\/(?:ws|react-devtools-core)\/|\/devtools/v.test(file))).toEqual([]);
	const size = readdirSync(path.join(installed, 'distribution'))
		.filter(name => name.endsWith('.js'))
		.reduce((sum, name) => sum + statSync(path.join(installed, 'distribution', name)).size, 0);
	expect(size).toBeLessThan(3_000_000);
});
