import {nearest} from '../../errors/nearest.js';
import {UserError} from '../../errors/user-error.js';
import {shellWord} from '../../report/shell-word.js';
import {type Verb} from '../verb.js';

/** `vqlab help`, `vqlab help VERB`. */
export const verb: Verb = {
	name: 'help',
	synopsis: '[verb]',
	summary: 'what there is, or the flags of a verb',
	words: 1,
	isLong: true,
	takes: ['verb'],
	flags: ['output'],
	examples: ['vqlab help compare'],
	async run({input: [name]}) {
		const [{commandHelp, generalHelp}, {commandOf, commands}] = await Promise.all([
			import('../help.js'),
			import('../registry.js'),
		]);
		if (name === undefined || name === 'vqlab') {
			return {output: await generalHelp(), exitCode: 0};
		}

		const command = commandOf(name);
		if (command === undefined) {
			const near = nearest(
				name,
				commands.map(each => each.name),
			);
			throw new UserError(
				'help: no command is called ' +
					`${shellWord(name)}${near === undefined ? '; vqlab help lists them' : `; did you mean ${near}?`}`,
			);
		}

		return {output: await (command.help?.() ?? commandHelp(command)), exitCode: 0};
	},
};
