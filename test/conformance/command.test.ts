import {spawnSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixture = path.join('test', 'fixtures', 'conformance', 'packed-012-ev1-ind0.jsonl.gz');

function conformance(...files: string[]) {
	return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/conformance.ts', ...files], {
		cwd: root,
		encoding: 'utf8',
	});
}

test('npm run conformance prints a table and counts the steps', () => {
	const {status, stdout} = conformance(fixture);
	expect(stdout.trimEnd().split('\n')).toEqual([
		`${'file'.padEnd(fixture.length)}  steps  passed`,
		`${fixture}   2912    2912`,
		'2912 of 2912 steps pass in 1 files',
	]);
	expect(status).toBe(0);
});

test('a file that holds no vectors ends it with one line and exit code 2', () => {
	const {status, stdout, stderr} = conformance(fixture, 'package.json');
	expect(stdout).toBe('');
	expect(stderr).toBe('conformance: package.json: line 1: not JSON: "{"\n');
	expect(status).toBe(2);
});
