import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {root} from '../../scripts/places.js';
import {referencePages} from '../../scripts/reference/pages.js';
import {commands} from '../../source/commands/registry.js';
import {runExplainCommand} from '../../source/commands/explain.js';
import {fieldTerms} from '../../source/report/field-terms.js';
import {metrics} from '../../source/metrics/metric-table.js';
import {findings} from '../../source/diagnosis/finding-pages.js';
import {presetNames} from '../../source/presets/preset-files.js';
import {parameters} from '../../source/simulation/parameters/table.js';

const pages = await referencePages();

test.each([...pages])('docs/%s is current: npm run reference', (name, text) => {
	expect(readFileSync(path.join(root, 'docs', name), 'utf8')).toBe(text);
});

test('the folder holds no other page', () => {
	const written = [...pages.keys()].filter(name => name.startsWith('reference/')).map(name => path.basename(name));
	expect(readdirSync(path.join(root, 'docs/reference')).toSorted()).toEqual(written.toSorted());
});

test('every key, metric, finding, preset and verb has its place', () => {
	const all = [...pages.values()].join('\n');
	const keys = parameters.filter(({family}) => family === undefined).map(({key}) => `| \`${key}\` |`);
	const paths = metrics.filter(entry => !entry.path.startsWith('cursor.')).map(entry => `| \`${entry.path}\` |`);
	const headings = [
		...findings.map(([id]) => `\n## ${id}\n`),
		...presetNames().map(name => `\n### ${name}\n`),
		...commands.map(({name}) => `\n## ${name}\n`),
	];
	expect([...keys, ...paths, ...headings].filter(text => !all.includes(text))).toEqual([]);
});

test('a row of a table has as many cells as its head', () => {
	for (const [name, text] of pages) {
		let width = 0;
		for (const line of text.split('\n')) {
			const cells = line.startsWith('| ') ? line.split(/(?<!\\)\|/v).length : 0;
			if (width > 0 && cells > 0) {
				expect(cells, `${name}: ${line}`).toBe(width);
			}

			width = line.startsWith('|') ? Math.max(width, cells) : 0;
		}
	}
});

test('what a word of the field refers to can be explained, and so can the word', async () => {
	const names = fieldTerms.flatMap(({name, also = []}) => [name, ...also]);
	expect(new Set(names.map(name => name.toLowerCase())).size).toBe(names.length);
	for (const word of [...names, ...fieldTerms.flatMap(({see = []}) => see)]) {
		// eslint-disable-next-line no-await-in-loop -- one at a time is what a user does
		const {output} = await runExplainCommand([word]);
		expect(output.length, word).toBeGreaterThan(0);
	}

	const {output} = await runExplainCommand(['Virtqueue']);
	expect(output).toContain('A ring of descriptors in memory');
});
