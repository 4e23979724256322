import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {againWords, shellWord} from '../../source/commands/again.js';
import {againLines} from '../../source/report/text-layout.js';

test.each(['plain', 'host.cpus=1', '500ms queue.size=256', 'it\'s', '$HOME', '*', '', 'a\nb', 'exp(20us)'])('a shell reads %j back', word => {
	expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], {encoding: 'utf8'})).toBe(word);
});

test('the command that repeats a run survives being broken over lines', () => {
	const words = againWords({
		preset: './my presets/a.json', set: ['device.gpuTime=exp(20us)', 'queue.size=256'], change: ['500ms driver.lockPolicy=kick-after-unlock'], seed: 7, runs: 3, duration: '2s', warmup: '200ms',
	});
	const text = againLines(words).replace('again', 'printf "%s|"').replace('vqlab', '');
	expect(execFileSync('sh', ['-c', text], {encoding: 'utf8'})).toBe('run|./my presets/a.json|--set|device.gpuTime=exp(20us)|--set|queue.size=256|'
		+ '--change|500ms driver.lockPolicy=kick-after-unlock|--seed|7|--runs|3|--for|2s|--warmup|200ms|');
});
