import {parseCommandLine} from '../../source/commands/command-line.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {snapshot} from '../../source/commands/snapshot.js';
import {shownIn} from './shown-in.js';

/**
What `vqlab snapshot` prints for these words; what it warns of is added to `warnings`.
Throws `UserError` as it does.
*/
export async function snapshotOf(
	argv: readonly string[],
	warnings: string[] = [],
	interrupt = new Interrupt(),
): Promise<string> {
	const line = parseCommandLine(['snapshot', ...argv], import.meta);
	const {output} = await snapshot({
		line,
		input: line.input.slice(1),
		interrupt,
		progress: shownIn([]),
		warn(text) {
			warnings.push(text);
		},
	});
	return output;
}
