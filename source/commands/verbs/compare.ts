import {type Verb} from '../verb.js';

export const verb: Verb = {
	name: 'compare',
	after: 'run',
	synopsis: '[preset|recording] [preset|recording]',
	summary: 'is b better than a: paired runs on the same random numbers',
	words: 2,
	takes: ['preset', 'preset'],
	flags: [
		'a',
		'b',
		'set',
		'seed',
		'runs',
		'precision',
		'for',
		'warmup',
		'events',
		'sameWithin',
		'failIf',
		'undecided',
		'proveGate',
		'baseline',
		'ablate',
		'format',
		'output',
		'quiet',
		'ascii',
	],
	choices: {format: ['text', 'json', 'markdown', 'csv', 'gobench', 'html'], undecided: ['fail', 'pass']},
	examples: [
		'vqlab compare seed-2019-kick-under-lock --b driver.lockPolicy=kick-after-unlock',
		"vqlab compare my-guest.json --b queue.size=256 --fail-if 'throughput.completed < -2%'",
		'vqlab compare before.txt after.txt',
	],
	async run(context) {
		const {compare} = await import('../compare.js');
		return compare(context);
	},
};
