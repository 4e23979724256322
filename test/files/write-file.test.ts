import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	closeSync,
	linkSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {ReaderGone} from '../../source/files/file-error.js';
import {readStart} from '../../source/files/read-start.js';
import {checkPlace, isOnDisk, writeFile, type WriteOptions} from '../../source/files/write-file.js';
import {UserError} from '../../source/errors/user-error.js';

let folder = '';

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
});

afterEach(() => {
	rmSync(folder, {recursive: true});
});

const replace: WriteOptions = {called: '--output it', existing: 'replace', direct: true};
const refuse: WriteOptions = {called: '"it"', existing: 'refuse'};

function at(name: string): string {
	return path.join(folder, name);
}

/** Refused before and after the work, in one line, and nothing is changed. */
function expectRefused(file: string, words: string, options: WriteOptions = replace): void {
	const before = readdirSync(folder).toSorted();
	for (const attempt of [
		() => {
			checkPlace(file, options);
		},
		() => {
			writeFile(file, 'text', options);
		},
	]) {
		expect(attempt).toThrow(UserError);
		expect(attempt).toThrow(words);
		expect(attempt).toThrow(/^[^\n]+$/v);
	}

	expect(readdirSync(folder).toSorted()).toEqual(before);
}

test('the file has the text and nothing else is left in the folder', () => {
	writeFileSync(at('run.json'), 'an older and much longer text');
	writeFile(at('run.json'), 'text µ\n', replace);
	expect(readFileSync(at('run.json'), 'utf8')).toBe('text µ\n');
	expect(readdirSync(folder)).toEqual(['run.json']);
});

test('a name as long as the file system takes has room for its draft', () => {
	const name = 'n'.repeat(255);
	writeFile(at(name), 'one', replace);
	writeFile(at(name), 'two', replace);
	writeFile(at(name.replace('n', 'm')), 'three', refuse);
	expect(readFileSync(at(name), 'utf8')).toBe('two');
	expectRefused(at(`${name}n`), 'its name is too long');
	expectRefused(at(`${name}n`), 'its name is too long', refuse);
});

test('mode, symbolic links, hard links stay', () => {
	writeFileSync(at('real.json'), 'old');
	chmodSync(at('real.json'), 0o640);
	symlinkSync('real.json', at('link.json'));
	symlinkSync('link.json', at('link-to-link.json'));
	writeFile(at('link-to-link.json'), 'text', replace);
	expect(
		[lstatSync(at('link.json')), lstatSync(at('link-to-link.json'))].every(status => status.isSymbolicLink()),
	).toBe(true);
	expect(readFileSync(at('real.json'), 'utf8')).toBe('text');
	expect(statSync(at('real.json')).mode % 0o1000).toBe(0o640);
	linkSync(at('real.json'), at('other-name.json'));
	for (const text of ['longer than before', 'short']) {
		writeFile(at('real.json'), text, replace);
		expect(readFileSync(at('other-name.json'), 'utf8')).toBe(text);
	}

	expect(statSync(at('real.json')).nlink).toBe(2);
	expect(readdirSync(folder)).toHaveLength(4);
});

test('a new file has the mode that any program would give it', () => {
	writeFileSync(at('other'), '');
	writeFile(at('new'), '', replace);
	expect(statSync(at('new')).mode).toBe(statSync(at('other')).mode);
});

test('a link that leads to nothing yet is followed to where the file will be', () => {
	mkdirSync(at('there'));
	symlinkSync('there/real.json', at('link.json'));
	writeFile(at('link.json'), 'text', replace);
	expect(readlinkSync(at('link.json'))).toBe('there/real.json');
	expect(readFileSync(at('there/real.json'), 'utf8')).toBe('text');
});

test('what can not be is one line', () => {
	mkdirSync(at('sub'));
	writeFileSync(at('file'), 'file');
	symlinkSync('b', at('a'));
	symlinkSync('a', at('b'));
	expectRefused(at('sub'), 'is a directory');
	expectRefused(`${at('sub')}/`, 'names a folder');
	expectRefused(at('none/run.json'), 'there is no folder');
	expectRefused(at('file/run.json'), 'there is no folder');
	expectRefused(at('a'), 'its links go round in a circle');
	expect(() => {
		writeFile('/proc/nothing-here', 'text', replace);
	}).toThrow(UserError);
	expect(readFileSync(at('file'), 'utf8')).toBe('file');
});

test('what may not be written is one line, and stays; root may write everything', () => {
	mkdirSync(at('closed'));
	writeFileSync(at('closed/old'), 'old');
	writeFileSync(at('read-only'), 'old', {mode: 0o444});
	chmodSync(at('closed'), 0o555);
	if (process.getuid?.() === 0) {
		writeFile(at('closed/new'), 'new', replace);
		writeFile(at('read-only'), 'new', replace);
		expect([readFileSync(at('closed/new'), 'utf8'), readFileSync(at('read-only'), 'utf8')]).toEqual(['new', 'new']);
		expect(statSync(at('read-only')).mode & 0o777).toBe(0o444);
	} else {
		expectRefused(at('closed/new'), 'it may not be written');
		expectRefused(at('read-only'), 'it may not be written');
	}

	writeFile(at('closed/old'), 'in its place', replace);
	expect(readFileSync(at('closed/old'), 'utf8')).toBe('in its place');
	chmodSync(at('closed'), 0o755);
});

test('who saves a file goes over nothing that is there, a link to nothing, a device or a pipe', () => {
	writeFileSync(at('old'), 'old');
	symlinkSync('nothing', at('link'));
	spawnSync('mkfifo', [at('pipe')]);
	for (const name of ['old', 'pipe', 'link']) {
		expect(() => {
			writeFile(at(name), 'text', refuse);
		}).toThrow('"it" is there already');
	}

	expectRefused(at('pipe'), '"it" is no file', {...refuse, existing: 'force'});
	writeFile(at('old'), 'text', {...refuse, existing: 'force'});
	writeFile(at('new'), 'text', refuse);
	expect(['old', 'new'].map(name => readFileSync(at(name), 'utf8'))).toEqual(['text', 'text']);
	expect(readdirSync(folder).toSorted()).toEqual(['link', 'new', 'old', 'pipe']);
});

test('a device and a pipe are written to', () => {
	writeFile('/dev/null', 'text', replace);
	expect(isOnDisk('/dev/null', replace)).toBe(false);
	expect(isOnDisk(at('new'), replace)).toBe(true);
});

test('a pipe whose reader has gone is no mistake', () => {
	spawnSync('mkfifo', [at('pipe')]);
	// Opened for both, it has a reader until it is closed.
	const both = openSync(at('pipe'), 'r+');
	const own = openSync(at('pipe'), 'w');
	closeSync(both);
	expect(() => {
		writeFile(`/proc/self/fd/${own}`, 'text', replace);
	}).toThrow(ReaderGone);
	closeSync(own);
});

test('a descriptor is written to where it stands', () => {
	writeFileSync(at('log'), 'before\n');
	const descriptor = openSync(at('log'), 'a');
	writeFile(`/proc/self/fd/${descriptor}`, 'after\n', replace);
	symlinkSync(`/proc/self/fd/${descriptor}`, at('link'));
	writeFile(at('link'), 'and again\n', replace);
	closeSync(descriptor);
	expect(readFileSync(at('log'), 'utf8')).toBe('before\nafter\nand again\n');
	expectRefused(`/proc/self/fd/${descriptor}`, 'can not be written');
});

// The last: what was read stays noted, and its inode may be another file's afterwards.
test('no output goes over what was read, by whatever path; who is asked to does', () => {
	writeFileSync(at('input'), 'input');
	linkSync(at('input'), at('hard'));
	symlinkSync('input', at('soft'));
	readStart(at('soft'), 100);
	for (const name of ['input', 'hard', 'soft', `../${path.basename(folder)}/input`]) {
		expectRefused(at(name), 'was read from');
	}

	writeFile(at('input'), 'text', {...refuse, existing: 'force'});
	expect(readFileSync(at('hard'), 'utf8')).toBe('text');
});
