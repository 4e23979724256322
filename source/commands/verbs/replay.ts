import {formatFlag} from '../format-flag.js';
import {type Verb} from '../verb.js';

/** `vqlab replay`. */
export const verb: Verb = {
	name: 'replay',
	after: 'calibrate',
	synopsis: '<trace>',
	summary: 'the recorded command stream through the model',
	words: 1,
	takes: ['recording'],
	flags: ['host', 'device', 'set', 'format', 'output', 'quiet'],
	choices: {format: ['text', 'json']},
	examples: ['vqlab replay guest.txt --set driver.lockPolicy=kick-after-unlock'],
	async run({input, line, interrupt, progress}) {
		const {runReplayCommand} = await import('../replay.js');
		return runReplayCommand(input, {
			host: line.flags.host,
			device: line.flags.device,
			set: line.flags.set,
			format: formatFlag(line.flags.format, ['text', 'json']),
			interrupt,
			progress,
		});
	},
};
