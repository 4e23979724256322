import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {root} from '../../scripts/places.js';

const read = (name: string): string => readFileSync(path.join(root, 'docs', name), 'utf8');

test('the summary of the validation has the figures of the page behind it', () => {
	const lines = new Set(read('validation/README.md').split('\n'));
	const rows = read('validation.md')
		.split('\n')
		.filter(line => line.startsWith('|'));
	expect(rows.length).toBeGreaterThan(8);
	expect(rows.filter(row => !lines.has(row))).toEqual([]);
});
