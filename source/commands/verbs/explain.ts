import {formatFlag} from '../format-flag.js';
import {type Verb} from '../verb.js';

/** `vqlab explain`. */
export const verb: Verb = {
	name: 'explain',
	after: 'presets',
	synopsis: '[key|metric|finding|word|view]',
	summary: 'what it is: a key, a metric, a finding or any word of a screen',
	words: 6,
	isLong: true,
	takes: ['explained'],
	flags: ['format', 'output'],
	choices: {format: ['text', 'json']},
	examples: [
		'vqlab explain driver.lockPolicy',
		'vqlab explain lock.contentionShare',
		'vqlab explain worker-spin',
		'vqlab explain IRQ rate',
	],
	async run({input, line}) {
		const format = formatFlag(line.flags.format, ['text', 'json']);
		const {runExplainCommand} = await import('../explain.js');
		return runExplainCommand(input, {format});
	},
};
