import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {againWords} from '../../source/commands/again.js';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {flags, spelling, type FlagName, type FlagWords} from '../../source/commands/flags.js';
import {shellWord} from '../../source/report/shell-word.js';
import {againLines} from '../../source/report/text-layout.js';

test.each(['plain', 'host.cpus=1', '500ms queue.size=256', "it's", '$HOME', '*', '', 'a\nb', 'exp(20us)'])(
	'a shell reads %j back',
	word => {
		expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], {encoding: 'utf8'})).toBe(word);
	},
);

test('the command that repeats a run survives being broken over lines', () => {
	const words = againWords('run', ['./my presets/a.json'], {
		set: ['device.gpuTime=exp(20us)', 'queue.size=256'],
		change: ['500ms driver.lockPolicy=kick-after-unlock'],
		seed: '7',
		runs: '3',
		for: '2s',
		warmup: '200ms',
	});
	const text = againLines(words).replace('again', 'printf "%s|"').replace('vqlab', '');
	expect(execFileSync('sh', ['-c', text], {encoding: 'utf8'})).toBe(
		'run|./my presets/a.json|--set|device.gpuTime=exp(20us)|--set|queue.size=256|' +
			'--change|500ms driver.lockPolicy=kick-after-unlock|--seed|7|--runs|3|--for|2s|--warmup|200ms|',
	);
});

const table: ReadonlyArray<readonly [string, FlagWords]> = Object.entries(flags);

/** A flag on a command line, with a value that a shell has to quote. */
function written([name, {type, isMultiple}]: readonly [string, FlagWords]): string[] {
	const once = [spelling(name), ...(type === 'boolean' ? [] : [`${name} 'value'`])];
	return isMultiple ? [...once, ...once] : once;
}

test.each(table)('%s: repeated if it decides, left out if it only shows', (name, words) => {
	const argv = written([name, words]);
	const again = againWords('run', ['seed'], parseCommandLine(['run', 'seed', ...argv], import.meta).flags);
	expect(again).toEqual(['vqlab', 'run', 'seed', ...(words.showsOnly ? [] : argv.map(word => shellWord(word)))]);
});

test('what only shows is this, and nothing else', () => {
	expect(table.filter(([, {showsOnly}]) => showsOnly).map(([name]) => name)).toEqual([
		'workers',
		'metric',
		'pareto',
		'output',
		'speed',
		'fps',
		'force',
		'quiet',
		'verbose',
		'color',
		'pager',
		'ascii',
		'help',
		'version',
	] satisfies FlagName[]);
});

test('the command that repeats repeats itself', () => {
	const argv = table.filter(([, {showsOnly}]) => !showsOnly).flatMap(entry => written(entry));
	const [, ...again] = againWords('run', ['seed'], parseCommandLine(['run', 'seed', ...argv], import.meta).flags);
	const read = execFileSync('sh', ['-c', String.raw`printf '%s\n' ${again.join(' ')}`], {encoding: 'utf8'})
		.trimEnd()
		.split('\n');
	expect(read).toEqual(['run', 'seed', ...argv]);
	const [, ...twice] = againWords('run', ['seed'], parseCommandLine(read, import.meta).flags);
	expect(twice).toEqual(again);
});
