import {type Verb} from '../verb.js';

/** `vqlab advise`. */
export const verb: Verb = {
	name: 'advise',
	after: 'compare',
	synopsis: '[preset|file|-]',
	summary: 'what would help, by how much, and what would not',
	words: 1,
	takes: ['preset'],
	flags: ['set', 'goal', 'subjectTo', 'seed', 'for', 'warmup', 'events', 'format', 'output', 'quiet', 'ascii'],
	choices: {format: ['text', 'json', 'markdown']},
	examples: [
		'vqlab advise seed-2019-kick-under-lock',
		"vqlab advise my-guest.json --goal 'min latency.p99' --subject-to 'throughput.completed > -1%'",
	],
	async run(context) {
		const {advise} = await import('../advise.js');
		return advise(context);
	},
};
