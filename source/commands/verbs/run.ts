import {type Verb} from '../verb.js';

/** `vqlab run`. */
export const verb: Verb = {
	name: 'run',
	after: 'vqlab',
	synopsis: '[preset|file|-]',
	summary: 'simulate and report',
	words: 1,
	takes: ['preset'],
	flags: [
		'set',
		'change',
		'session',
		'seed',
		'runs',
		'for',
		'warmup',
		'window',
		'events',
		'assert',
		'expect',
		'advise',
		'check',
		'untilStall',
		'format',
		'output',
		'quiet',
		'color',
		'ascii',
	],
	choices: {format: ['text', 'json', 'ndjson', 'csv', 'markdown', 'html', 'gobench']},
	examples: [
		'vqlab run seed-2019-kick-under-lock --set driver.lockPolicy=kick-after-unlock',
		"vqlab run --for 10s --format json --assert 'latency.p99 < 5ms'",
		"vqlab run --change '500ms queue.size=256' --format csv --output run.csv",
	],
	async run(context) {
		const {run} = await import('../run.js');
		return run(context);
	},
};
