import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {keepFile} from '../../source/files/keep-file.js';

const root = mkdtempSync(path.join(tmpdir(), 'vqlab-keep-'));
afterAll(() => {
	rmSync(root, {recursive: true});
});

const options = {suffix: '.kept', most: 2};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the folder is made, what has the name is replaced, and nothing is left beside it', async () => {
	const file = path.join(root, 'a/b', 'one.kept');
	await keepFile(file, bytes('first'), options);
	await keepFile(file, bytes('second'), options);
	expect(readFileSync(file, 'utf8')).toBe('second');
	expect(readdirSync(path.dirname(file))).toEqual(['one.kept']);
});

test('the oldest go, half-written ones too, and other files stay', async () => {
	const folder = path.join(root, 'many');
	mkdirSync(folder);
	for (const [age, name] of ['three.kept', 'two.kept', 'one.kept.123', 'other.txt'].entries()) {
		writeFileSync(path.join(folder, name), '');
		utimesSync(path.join(folder, name), 1000 - age, 1000 - age);
	}

	await keepFile(path.join(folder, 'new.kept'), bytes('new'), options);
	expect(readdirSync(folder).toSorted()).toEqual(['new.kept', 'other.txt', 'three.kept']);
});

test('where there is no place for it, it is not kept, and nothing is said', async () => {
	const taken = path.join(root, 'taken');
	writeFileSync(taken, 'a file');
	await keepFile(path.join(taken, 'one.kept'), bytes('x'), options);
	expect(readFileSync(taken, 'utf8')).toBe('a file');
	mkdirSync(path.join(root, 'folder.kept'));
	await keepFile(path.join(root, 'folder.kept'), bytes('x'), options);
	expect(readdirSync(root).filter(name => name.includes('folder'))).toEqual(['folder.kept']);
});
