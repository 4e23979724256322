import {
	chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	afterEach, beforeEach, expect, test,
} from 'vitest';
import {checkOutputFile, writeOutputFile} from '../../source/commands/output-file.js';
import {UserError} from '../../source/parameters/user-error.js';

let folder = '';

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
});

afterEach(() => {
	chmodSync(folder, 0o755);
	rmSync(folder, {recursive: true});
});

test('the file has the text and nothing else is left in the folder', () => {
	const file = path.join(folder, 'run.json');
	writeFileSync(file, 'an older and much longer text');
	writeOutputFile(file, 'text µ\n');
	expect(readFileSync(file, 'utf8')).toBe('text µ\n');
	expect(readdirSync(folder)).toEqual(['run.json']);
});

test('a link stays a link', () => {
	const file = path.join(folder, 'real.json');
	const link = path.join(folder, 'link.json');
	writeFileSync(file, '');
	symlinkSync(file, link);
	writeOutputFile(link, 'text');
	expect(lstatSync(link).isSymbolicLink()).toBe(true);
	expect(readFileSync(file, 'utf8')).toBe('text');
});

test('a device is written to', () => {
	expect(() => {
		writeOutputFile('/dev/null', 'text');
	}).not.toThrow();
});

test('a folder, or a folder that is not there, is refused before and after', () => {
	mkdirSync(path.join(folder, 'sub'));
	for (const file of [path.join(folder, 'sub'), path.join(folder, 'none', 'run.json')]) {
		for (const attempt of [() => {
			checkOutputFile(file);
		}, () => {
			writeOutputFile(file, 'text');
		}]) {
			expect(attempt).toThrow(UserError);
			expect(attempt).toThrow(/^--output [^\n]*$/v);
		}
	}

	expect(existsSync(path.join(folder, 'none'))).toBe(false);
	expect(readdirSync(folder)).toEqual(['sub']);
});
