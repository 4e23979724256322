import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {flags, spelling} from '../../source/commands/flags.js';
import {commands} from '../../source/commands/registry.js';
import {metricOf, metrics} from '../../source/metrics/metric-table.js';
import {stageNames} from '../../source/metrics/metrics.js';
import {schema} from '../../source/version.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(path.join(root, 'docs/contract.md'), 'utf8');

/** The sections by their number. */
const sections = new Map(
	page
		.split(/^## /mv)
		.slice(1)
		.map(text => [text.slice(0, text.indexOf(' ')), text]),
);

function section(number: number): string {
	return sections.get(String(number)) ?? '';
}

/** Text in backticks. */
function terms(text: string): string[] {
	return [...text.matchAll(/`(?<term>[^`]+)`/gv)].map(match => match.groups?.term ?? '');
}

/** Comments of all sources, as [file, comment]. */
const comments = ['source', 'test', 'scripts'].flatMap(folder =>
	readdirSync(path.join(root, folder), {recursive: true, encoding: 'utf8'})
		.filter(name => /\.tsx?$/v.test(name))
		.flatMap(name => {
			const text = readFileSync(path.join(root, folder, name), 'utf8');
			return [...text.matchAll(/\/\*\*?[\s\S]*?\*\/|^\s*\/\/.*$/gmv)].map(
				match => [`${folder}/${name}`, match[0].replaceAll(/\s+/gv, ' ')] as const,
			);
		}),
);

test('the sections are numbered without a gap', () => {
	expect([...sections.keys()]).toEqual(Array.from(sections.keys(), (_, index) => String(index + 1)));
	expect(sections.size).toBeGreaterThanOrEqual(8);
});

test('a comment that names the contract names this page, and a section that it has', () => {
	const reference = /docs\/contract\.md(?:, sections? (?<first>\d+)(?: and (?<second>\d+))?)?/gv;
	let found = 0;
	for (const [file, comment] of comments) {
		for (const {groups} of comment.matchAll(reference)) {
			found++;
			for (const number of [groups?.first, groups?.second]) {
				expect(number === undefined || sections.has(number), `${file}: ${comment}`).toBe(true);
			}
		}

		expect(comment.replaceAll(reference, ''), file).not.toMatch(/\bcontract\b/iv);
	}

	expect(found).toBeGreaterThan(20);
});

test('the schema is the one that is printed', () => {
	expect(page).toContain(`This is schema ${schema}.`);
	expect(section(6)).toContain(`| \`schema\`, \`vqlab\`, \`node\` | ${schema};`);
	expect(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')).toContain(`schema ${schema}`);
});

test.each(commands.map(command => [command.name]))('%s is there', name => {
	expect(terms(section(1)).some(term => term.startsWith(`vqlab ${name}`))).toBe(true);
});

test.each(Object.keys(flags).map(name => [spelling(name)]))('%s is there', name => {
	expect(terms(section(1)).some(term => term.split(' ', 1)[0] === name)).toBe(true);
});

/** The paths of section 4: `.name` stands for its neighbour with another last part. */
function pathsOf(text: string): Set<string> {
	const paths = new Set<string>();
	for (const line of text.split('\n').filter(row => row.startsWith('| `'))) {
		let before = '';
		for (const term of terms(line.split(' | ', 1)[0])) {
			before = term.startsWith('.') ? `${before.slice(0, before.lastIndexOf('.'))}${term}` : term;
			paths.add(before);
		}
	}

	return paths;
}

test('every metric is defined', () => {
	const known = pathsOf(section(4));
	const families = /^(latency\.stages|latency\.waits|pauses)\.\w+\./v;
	const missing = metrics
		.map(metric => metric.path.replace(families, '$1.<name>.'))
		.filter(name => !name.startsWith('cursor.') && !known.has(name));
	expect(missing).toEqual([]);
});

test('every stage is defined, in order', () => {
	const rows = section(5)
		.split('\n')
		.filter(line => line.startsWith('| `'))
		.map(line => terms(line)[0]);
	expect(rows).toEqual([...stageNames]);
});

test('the table of directions is that of the program', () => {
	const rows = section(8)
		.split('\n')
		.filter(line => line.startsWith('| '))
		.slice(1)
		.map(line => line.slice(2).split(' | ').slice(0, 2));
	const fits = (name: string, patterns: readonly string[]): boolean =>
		patterns.some(pattern =>
			new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.+')}$`, 'v').test(name),
		);
	for (const {path: name} of metrics.filter(
		metric => !metric.path.startsWith('cursor.') && !metric.path.startsWith('latency.'),
	)) {
		const row = rows.find(([, patterns]) => fits(name, terms(patterns)));
		expect(metricOf(name)?.better ?? null, name).toBe(
			row === undefined || row[0] === 'neither' ? null : row[0].replace(',', ''),
		);
	}
});
