import {formatFlag} from '../format-flag.js';
import {type Verb} from '../verb.js';

/** `vqlab presets`. */
export const verb: Verb = {
	name: 'presets',
	after: 'record',
	synopsis: '',
	summary: 'the incidents and machines that ship',
	words: 0,
	flags: ['format', 'output'],
	choices: {format: ['text', 'json']},
	examples: ['vqlab presets'],
	async run({input, line}) {
		const format = formatFlag(line.flags.format, ['text', 'json']);
		const {runPresetsCommand} = await import('../presets.js');
		return runPresetsCommand(input, {format});
	},
};
