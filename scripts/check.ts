import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import process, {argv, stdout} from 'node:process';

/**
The tests (vitest, with the words that are given), and beside them the linter and the compiler, each
of which keeps one core busy. What those two have to say comes behind the tests' own output. Exit
status 1 when one of the three is not content. `npm test` builds first.
*/
const beside = [['xo'], ['tsc', '--noEmit']] as const;

/** Runs the tools one after the other; true when all are content. */
async function besideTests(said: string[]): Promise<boolean> {
	let isContent = true;
	for (const [tool, ...words] of beside) {
		const child = spawn(tool, words, {stdio: ['ignore', 'pipe', 'inherit']});
		const ended = once(child, 'close');
		said.push(await text(child.stdout)); // eslint-disable-line no-await-in-loop -- two cores, and the tests have both
		const [code] = (await ended) as [number | null]; // eslint-disable-line no-await-in-loop -- see above
		if (code !== 0) {
			said.push(`${tool}: ${code === null ? 'was ended by a signal' : `exit status ${code}`}\n`);
			isContent = false;
		}
	}

	return isContent;
}

const said: string[] = [];
// eslint-disable-next-line unicorn/prefer-top-level-await -- the tests run meanwhile
const others = besideTests(said);
const tests = spawn('vitest', ['run', ...argv.slice(2)], {stdio: 'inherit'});
const [code] = (await once(tests, 'close')) as [number | null];
const isContent = await others;
stdout.write(said.join(''));
process.exitCode = code === 0 && isContent ? 0 : 1;
