import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import process, {argv, stdout} from 'node:process';
import {isBuilt} from './declarations.js';

/*
The build, unless there is one of these sources, and then the tests (vitest, with the words that are
given); beside them the linter and the compiler, which keep one core busy. What those two have to
say comes behind the tests' own output. Exit status 1 when one of them is not content; without a
build there are no tests.
*/

/** How a child ended; null by a signal. */
async function statusOf(child: ChildProcess): Promise<number | null> {
	const [code] = (await once(child, 'close')) as [number | null];
	return code;
}

async function built(): Promise<number | null> {
	return isBuilt() ? 0 : statusOf(spawn('tsx', ['scripts/build.ts'], {stdio: 'inherit'}));
}

async function tested(): Promise<number | null> {
	return statusOf(spawn('vitest', ['run', ...argv.slice(2)], {stdio: 'inherit'}));
}

// What a compiler makes lives long: with room for it among what is young it is not copied each time
// that this is cleared, a sixth of the compiler's time. It is cleared by its own thread, as the
// tests have the other core.
const roomy = ['--max-semi-space-size=256', '--single-threaded-gc'];
const others = spawn(process.execPath, [...roomy, '--import', 'tsx', 'scripts/lint-and-types.ts'], {
	stdio: ['ignore', 'pipe', 'inherit'],
});
const [testsCode, othersCode, said] = await Promise.all([
	built().then(async code => (code === 0 ? tested() : code)),
	statusOf(others),
	text(others.stdout),
]);
stdout.write(said);
if (othersCode !== 0) {
	stdout.write(`lint and types: ${othersCode === null ? 'ended by a signal' : `exit status ${othersCode}`}\n`);
}

process.exitCode = testsCode === 0 && othersCode === 0 ? 0 : 1;
