import {commandHelp, generalHelp} from '../../source/commands/help.js';
import {commands} from '../../source/commands/registry.js';
import {pageHead} from './markdown-table.js';

/** `docs/reference/verbs.md`: the help of the program and of each verb. */
export async function verbsPage(): Promise<string> {
	const parts: string[] = [];
	for (const command of commands) {
		// eslint-disable-next-line no-await-in-loop -- in order
		const help = await (command.help?.() ?? commandHelp(command));
		parts.push(`## ${command.name}\n\n${block(help)}`);
	}

	return (
		`${pageHead('Verbs', 'What `vqlab help` and `vqlab help VERB` print. What scripts may rely on is in [the contract](../contract.md#1-commands).')}\n## ` +
		`vqlab\n\n${block(await generalHelp())}\n\n${parts.join('\n\n')}\n`
	);
}

function block(text: string): string {
	return `\`\`\`\`text\n${text.trimEnd()}\n\`\`\`\``;
}
