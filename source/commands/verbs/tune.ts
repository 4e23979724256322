import {type Verb} from '../verb.js';

/** `vqlab tune`. */
export const verb: Verb = {
	name: 'tune',
	after: 'advise',
	synopsis: '[preset|file|-]',
	summary: 'the best setting of some keys; or where b is worst against a',
	words: 1,
	takes: ['preset'],
	flags: [
		'goal',
		'subjectTo',
		'over',
		'budget',
		'adversary',
		'a',
		'b',
		'set',
		'seed',
		'for',
		'warmup',
		'events',
		'format',
		'output',
		'quiet',
		'ascii',
	],
	choices: {format: ['text', 'json']},
	examples: [
		"vqlab tune ring-too-small --goal 'max throughput.completed' --over queue.size=16..1024,driver.lockPolicy",
		'vqlab tune --adversary --a driver.lockPolicy=kick-under-lock --b driver.lockPolicy=kick-after-unlock',
	],
	async run(context) {
		if (context.line.flags.adversary) {
			const {adversary} = await import('../adversary.js');
			return adversary(context);
		}

		const {tune} = await import('../tune.js');
		return tune(context);
	},
};
