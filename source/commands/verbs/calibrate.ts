import {formatFlag} from '../format-flag.js';
import {type Verb} from '../verb.js';

/** `vqlab calibrate`. */
export const verb: Verb = {
	name: 'calibrate',
	after: 'export',
	synopsis: '<trace>',
	summary: 'a preset from a recording of a real guest',
	words: 1,
	takes: ['recording'],
	flags: ['host', 'device', 'side', 'set', 'format', 'output', 'quiet'],
	choices: {format: ['text', 'json', 'html']},
	examples: ['vqlab calibrate guest.txt --host qemu.log --output my-guest.json'],
	async run({input, line, interrupt, progress}) {
		const {runCalibrateCommand} = await import('../calibrate.js');
		const {preset, ...result} = await runCalibrateCommand(input, {
			host: line.flags.host,
			device: line.flags.device,
			side: line.flags.side,
			set: line.flags.set,
			format: formatFlag(line.flags.format, ['text', 'json', 'html']),
			interrupt,
			progress,
		});
		return {...result, file: preset};
	},
};
