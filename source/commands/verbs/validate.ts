import {formatFlag} from '../format-flag.js';
import {type Verb} from '../verb.js';

/** `vqlab validate`. */
export const verb: Verb = {
	name: 'validate',
	after: 'selfcheck',
	synopsis: '<cells.json>',
	summary: 'the model against measurements of a real guest',
	words: 1,
	takes: ['file'],
	flags: ['preset', 'runs', 'for', 'warmup', 'seed', 'require', 'format', 'output', 'quiet'],
	choices: {format: ['text', 'json', 'markdown', 'html']},
	examples: [
		'vqlab validate test/testbed/cells.json',
		'vqlab validate test/testbed/cells.json --format markdown --output docs/validation/README.md',
	],
	async run({input, line, interrupt, progress}) {
		const {runValidateCommand, validateFormats, validateOptions} = await import('../validate.js');
		const format = formatFlag(line.flags.format, validateFormats);
		return runValidateCommand(input, {
			...validateOptions(line.flags),
			format,
			interrupt,
			progress,
		});
	},
};
