import {type Verb} from '../verb.js';

/** `vqlab selfcheck`. */
export const verb: Verb = {
	name: 'selfcheck',
	after: 'compare',
	synopsis: '',
	summary: 'published pairs and closed forms against the model',
	words: 0,
	flags: ['format', 'output', 'quiet'],
	choices: {format: ['text', 'json', 'markdown']},
	examples: ['vqlab selfcheck --format markdown --output selfcheck.md'],
	async run(context) {
		const {runSelfcheckCommand} = await import('../selfcheck.js');
		return runSelfcheckCommand(context);
	},
};
