import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {readLinesOf} from '../../source/files/read-lines.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
const file = path.join(folder, 'lines');

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const limits = {line: 200_000, file: 1_048_576};

function linesOf(text: string): readonly string[] {
	writeFileSync(file, text);
	return [...readLinesOf(file, limits)];
}

test('whole lines, of any length that may be, and not the torn one behind them', () => {
	const long = 'é'.repeat(90_000);
	expect(linesOf(`a\n\n${long}\nb\ntorn`)).toEqual(['a', '', long, 'b']);
	expect(linesOf('torn')).toEqual([]);
	expect(linesOf('')).toEqual([]);
});

test('a line and a file beyond their limits are refused, and what is no file', () => {
	expect(() => linesOf('x'.repeat(300_000))).toThrow(/a line of it is larger than/v);
	expect(() => linesOf(`${'x'.repeat(99)}\n`.repeat(10_486))).toThrow(/it is larger than 1 MiB/v);
	expect(() => [...readLinesOf(folder, limits)]).toThrow(/it is a folder, not a file/v);
	expect(() => [...readLinesOf(path.join(folder, 'none'), limits)]).toThrow(/there is no such file/v);
});

test('an endless line costs no more than its limit', () => {
	expect(() => readLinesOf('/dev/zero', limits).next()).toThrow(/a line of it is larger than/v);
});
