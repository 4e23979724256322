import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';
import {AppendFile} from '../../source/files/append-file.js';

let folder = '';
let file = '';

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
	file = path.join(folder, 'lines');
});

afterEach(() => {
	rmSync(folder, {recursive: true});
});

const open = (name = file): AppendFile => AppendFile.open(name, '--output lines');

function withLines(...lines: readonly string[]): void {
	const opened = open();
	opened.dropTorn();
	for (const line of lines) {
		opened.append(line);
	}

	opened.close();
}

test('lines stand one after another, also after it was opened again', () => {
	withLines('first', 'ß ☃');
	withLines('third');
	expect(readFileSync(file, 'utf8')).toBe('first\nß ☃\nthird\n');
	const opened = open();
	expect([...opened.lines()]).toEqual(['first', 'ß ☃', 'third']);
	opened.close();
	expect(readdirSync(folder)).toEqual(['lines']);
});

test('a file that is cut at any byte goes on behind its last whole line', () => {
	const whole = Buffer.from('{"a":1}\n{"ß":"☃"}\nx\n');
	for (let size = 0; size <= whole.length; size++) {
		writeFileSync(file, whole.subarray(0, size));
		const opened = open();
		const lines = [...opened.lines()];
		expect(opened.torn === '').toBe(size === 0 || whole[size - 1] === 0x0a);
		opened.dropTorn();
		opened.append('next');
		opened.close();
		expect(readFileSync(file, 'utf8')).toBe([...lines, 'next'].map(line => `${line}\n`).join(''));
		expect(lines).toEqual(whole.toString().split('\n').slice(0, lines.length));
	}
});

test('what is torn stays until it is dropped: the file may be somebody else’s', () => {
	writeFileSync(file, 'no line end');
	const opened = open();
	expect(opened.torn).toBe('no line end');
	opened.close();
	expect(readFileSync(file, 'utf8')).toBe('no line end');
});

test('a second writer is refused, by whatever name, and comes in when the first one has closed', () => {
	const link = path.join(folder, 'link');
	symlinkSync(file, link);
	const first = open();
	expect(() => open()).toThrow(UserError);
	expect(() => open(link)).toThrow(`process ${process.pid} is writing it`);
	first.append('one');
	first.close();
	withLines('two');
	expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
	expect(readdirSync(folder).toSorted()).toEqual(['lines', 'link']);
});

test('the mark of a process that is gone, or whose number another one has, is taken away', async () => {
	const child = spawn(process.execPath, ['-e', '']);
	await once(child, 'exit');
	const host = hostname().replaceAll(/[^\w.]/gv, '_');
	writeFileSync(`${file}.lock-${host}-${child.pid ?? 0}-1-abcdef`, '');
	writeFileSync(`${file}.lock-${host}-${process.pid}-1-abcdef`, '');
	withLines('one');
	expect(readdirSync(folder)).toEqual(['lines']);
});

test('the mark of another machine holds for a minute after its last sign of life', () => {
	const mark = `${file}.lock-elsewhere-17-4711-abcdef`;
	writeFileSync(mark, '');
	expect(() => open()).toThrow('process 17 of elsewhere is writing it');
	const before = new Date(Date.now() - 61_000);
	utimesSync(mark, before, before);
	withLines('one');
	expect(readdirSync(folder)).toEqual(['lines']);
});

test('what can not be written is one line', () => {
	expect(() => open(path.join(folder, 'no', 'lines'))).toThrow(UserError);
	expect(() => open(folder)).toThrow(UserError);
	const full = open('/dev/full');
	expect(() => {
		full.append('one');
	}).toThrow('--output lines can not be written: no space is left on the device');
	full.close();
	expect(readdirSync(folder)).toEqual([]);
});
