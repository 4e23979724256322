import {type Verb} from '../verb.js';

/** `vqlab snapshot`. */
export const verb: Verb = {
	name: 'snapshot',
	after: 'run',
	synopsis: '[preset|recording|session]',
	summary: 'a screen of the dashboard, without a terminal',
	words: 1,
	takes: ['subject'],
	flags: [
		'view',
		'at',
		'size',
		'keys',
		'to',
		'theme',
		'set',
		'change',
		'seed',
		'warmup',
		'for',
		'events',
		'speed',
		'host',
		'device',
		'beside',
		'output',
		'quiet',
		'color',
		'ascii',
	],
	choices: {to: ['text', 'ansi', 'svg'], theme: ['native', 'night', 'paper']},
	examples: [
		'vqlab snapshot ring-full --at 500ms --size 120x36',
		"vqlab snapshot --change '500ms driver.lockPolicy=kick-after-unlock' --to svg --output after.svg",
		'vqlab snapshot guest.txt --view latency --ascii',
	],
	async run(context) {
		const {snapshot} = await import('../snapshot.js');
		return snapshot(context);
	},
};
