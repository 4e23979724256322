import {UserError} from '../errors/user-error.js';
import {shellWord} from '../report/shell-word.js';
import {type CommandResult} from './command-result.js';
import {candidatesFor} from './completion/candidates.js';
import {shellNames, shells} from './completion/shells.js';

/**
`vqlab completion SHELL`: the script that teaches a shell our words.
`vqlab completion reply -- WORD…` is what the scripts call: the last word is the one under the
cursor. A line each: the candidate, a tab, what it is. A first line `:files` asks the shell for file
names too, `:open` not to end the word.

@throws {UserError} for a shell that is none of them.
*/
export async function runCompletionCommand(words: readonly string[]): Promise<CommandResult> {
	const [shell, ...rest] = words;
	if (shell === 'reply') {
		const {values, files, open} = await candidatesFor(rest.slice(0, -1), rest.at(-1) ?? '');
		const lines = [
			...(files ? [':files'] : []),
			...(open ? [':open'] : []),
			...values.map(([value, what]) => `${value}\t${what}`),
		];
		return {output: lines.map(line => `${line}\n`).join(''), exitCode: 0};
	}

	const script = shellNames.find(name => name === shell);
	if (script === undefined || rest.length > 0) {
		throw new UserError(
			'completion: ' +
				`${shell === undefined ? 'a shell is missing' : `no script for ${words.map(word => shellWord(word)).join(' ')}`}; ` +
				`vqlab completion ${shellNames.join('|')}`,
		);
	}

	return {output: shells[script], exitCode: 0};
}
