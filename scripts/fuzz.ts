import {availableParallelism} from 'node:os';
import process, {argv, stdout} from 'node:process';
import {parseArgs} from 'node:util';
import {commandOf, drawOf, tryDraw} from './fuzz/draw.js';
import {fuzzHeadless} from './fuzz/headless.js';
import {fuzzSession} from './fuzz/session.js';

/**
Looks for inputs that end in a stack trace, a hang, nonsense or a spoiled screen.

    npm run fuzz -- [--count 2000] [--seed 1] [--workers N]
        draws without a terminal: command lines with presets, flags, values at the corners and
        clients; recordings with damage; keys and sizes of the dashboard
    npm run fuzz -- --keys 100000 --resizes 200
        how much the sessions in a terminal type (2 keys a draw)
    npm run fuzz -- --seed 1 --draw 345
        one draw again, in this process

Prints a command line for each finding, and what was wrong. Exit status 1 when there was one.
*/
const {values} = parseArgs({
	args: argv.slice(2),
	options: {
		count: {type: 'string', default: '2000'},
		seed: {type: 'string', default: '1'},
		workers: {type: 'string', default: String(availableParallelism())},
		draw: {type: 'string'},
		keys: {type: 'string'},
		resizes: {type: 'string', default: '200'},
	},
});

function whole(name: keyof typeof values): number {
	const value = Number(values[name]);
	if (!Number.isSafeInteger(value) || value < 0) {
		throw new Error(`--${name}: a whole number from 0 on`);
	}

	return value;
}

async function repeat(seed: number, index: number): Promise<boolean> {
	const draw = drawOf(seed, index);
	stdout.write(`${JSON.stringify(draw, null, '\t')}\n`);
	const fault = await tryDraw(draw);
	stdout.write(fault === undefined ? 'no finding\n' : `${fault}\n`);
	return fault === undefined;
}

async function hunt(seed: number): Promise<boolean> {
	const count = whole('count');
	const keys = values.keys === undefined ? 2 * count : whole('keys');
	const started = performance.now();
	let findings = 0;
	const say = (command: string, fault: string): void => {
		findings++;
		stdout.write(`${command}\n\t${fault.split('\n').slice(0, 12).join('\n\t')}\n`);
	};

	await fuzzHeadless(
		{
			seed,
			count,
			onFinding({index, fault}) {
				say(commandOf(seed, index), fault);
			},
			onProgress(done) {
				if (done % 500 === 0) {
					stdout.write(`${done} draws, ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
				}
			},
		},
		Math.max(1, whole('workers')),
	);
	if (keys > 0) {
		const {bundle} = await import('./bundle.js');
		await bundle();
		for (const screen of ['dashboard', 'view'] as const) {
			// eslint-disable-next-line no-await-in-loop -- one terminal after the other
			const {fault, early, late} = await fuzzSession({
				screen,
				seed,
				keys,
				resizes: whole('resizes'),
			});
			stdout.write(
				`${screen}: ${keys} keys, ${values.resizes} resizes, memory ${early.toFixed(0)} to ` +
					`${late.toFixed(0)} MiB\n`,
			);
			if (fault !== undefined) {
				say(`npm run fuzz -- --count 0 --seed ${seed} --keys ${keys} --resizes ${values.resizes}`, fault);
			}
		}
	}

	stdout.write(`${count} draws, ${findings} findings, ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
	return findings === 0;
}

const seed = whole('seed');
const isClean = values.draw === undefined ? await hunt(seed) : await repeat(seed, whole('draw'));
process.exitCode = isClean ? 0 : 1;
