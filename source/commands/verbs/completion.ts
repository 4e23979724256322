import {type Verb} from '../verb.js';

/**
`vqlab completion SHELL`. The scripts ask `vqlab completion reply -- WORDS` what may come next.
*/
export const verb: Verb = {
	name: 'completion',
	after: 'schema',
	synopsis: '<bash|zsh|fish>',
	summary: 'completion of verbs, flags, presets, keys and metrics for a shell',
	words: Infinity,
	takes: ['shell'],
	flags: ['output'],
	examples: [
		'source <(vqlab completion bash)',
		'vqlab completion fish --output ~/.config/fish/completions/vqlab.fish',
	],
	async run({input}) {
		const {runCompletionCommand} = await import('../completion.js');
		return runCompletionCommand(input);
	},
};
