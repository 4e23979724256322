import {type Verb} from '../verb.js';

export const verb: Verb = {
	name: 'diff',
	after: 'compare',
	synopsis: '[preset] [preset]',
	summary: 'the first event that differs, the key behind it, the command that feels it',
	words: 2,
	takes: ['preset', 'preset'],
	flags: ['a', 'b', 'set', 'seed', 'for', 'warmup', 'events', 'format', 'output', 'quiet', 'ascii'],
	choices: {format: ['text', 'json']},
	examples: ['vqlab diff seed-2019-kick-under-lock --b driver.lockPolicy=kick-after-unlock'],
	async run(context) {
		const {diff} = await import('../diff.js');
		return diff(context);
	},
};
