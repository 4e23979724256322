import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';

/*
`.ci/run` on a project of which every tool is a stand-in: what it makes of their exit statuses, not
what they do. A run whose parts are all content has to end with 0 whatever its trap finds.
*/
const root = mkdtempSync(path.join(tmpdir(), 'vqlab-ci-'));
const bin = path.join(root, 'bin');

/** Puts a stand-in for a tool first on the path. */
function standIn(name: string, script: string): void {
	const file = path.join(bin, name);
	writeFileSync(file, `#!/usr/bin/env bash\n${script}\n`);
	chmodSync(file, 0o755);
}

const content = {BUILD: '0', SUMMARY: '7 passed, 0 failed', TESTS: '0', GATE: '1', OTHER_EVENTS: '0', PACKAGE: '0'};

/** Runs `.ci/run` with the stand-ins printing and ending as told. */
function run(environment: Record<string, string> = {}): {status: number | null; last: string | undefined} {
	const {status, stdout} = spawnSync('bash', [path.join(root, '.ci/run')], {
		encoding: 'utf8',
		env: {...process.env, PATH: `${bin}:${process.env.PATH ?? ''}`, TMPDIR: root, ...content, ...environment},
	});
	return {status, last: stdout.trim().split('\n').at(-1)};
}

beforeAll(() => {
	mkdirSync(path.join(root, '.ci'));
	mkdirSync(path.join(root, 'scripts'));
	mkdirSync(bin);
	cpSync('.ci/run', path.join(root, '.ci/run'));
	for (const tool of ['parallel', 'zsh', 'fish', 'less', 'apt-get']) {
		standIn(tool, 'exit 0');
	}

	// A line of Node that is fetched is a stand-in, too.
	mkdirSync(path.join(root, 'package/bin'), {recursive: true});
	symlinkSync(path.join(bin, 'node'), path.join(root, 'package/bin/node'));
	standIn(
		'npm',
		`case "$1" in
run) exit "$BUILD" ;;
test) echo "$SUMMARY"; exit "$TESTS" ;;
pack) tar -czf "$4/node.tgz" -C ${root} package ;;
esac`,
	);
	// `scripts/hash.ts` with another Node has a third word.
	standIn('npx', '[ "$OTHER_EVENTS" = 0 ] || [ $# -lt 3 ] || echo other; echo event');
	// The gate's planted regression is a longer time of the guest.
	standIn('node', 'case "$*" in *lognormal*) exit "$GATE" ;; esac; echo v0');
	writeFileSync(path.join(root, 'scripts/package-smoke.sh'), '#!/usr/bin/env bash\nexit "$PACKAGE"\n');
	chmodSync(path.join(root, 'scripts/package-smoke.sh'), 0o755);
});

afterAll(() => {
	rmSync(root, {recursive: true});
});

test('is content when all parts are', () => {
	expect(run()).toEqual({status: 0, last: '7 passed, 0 failed'});
});

test.each([
	['tests', {SUMMARY: '6 passed, 1 failed', TESTS: '1'}, '6 passed, 1 failed'],
	['lint beside the tests', {TESTS: '1'}, '7 passed, 1 failed'],
	['a build before them', {BUILD: '2', SUMMARY: '', TESTS: '2'}, '0 passed, 1 failed'],
	['a gate that stays open', {GATE: '0'}, '7 passed, 1 failed'],
])('fails with %s', (_name, environment, last) => {
	expect(run(environment)).toEqual({status: expect.not.stringMatching('^0$') as unknown, last});
});

test.runIf(process.platform === 'linux')('fails with the package, and with other events on another Node', () => {
	for (const environment of [{PACKAGE: '1'}, {OTHER_EVENTS: '1'}]) {
		const {status, last} = run(environment);
		expect(status).not.toBe(0);
		expect(last).toBe('7 passed, 1 failed');
	}
});
