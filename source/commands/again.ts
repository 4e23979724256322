import {shellWord} from '../report/shell-word.js';
import {flags, spelling, type FlagName, type FlagValues, type FlagWords} from './flags.js';

const table: ReadonlyArray<readonly [string, FlagWords]> = Object.entries(flags);

/**
The command that repeats what a verb did, in shell words: every flag but those that only
show, in the order of the help.
*/
export function againWords(verb: string, input: readonly string[], values: Partial<FlagValues>): string[] {
	const words = ['vqlab', verb, ...input];
	for (const [name, {showsOnly}] of table) {
		const value = values[name as FlagName];
		if (showsOnly === true || value === undefined || value === false) {
			continue;
		}

		if (value === true) {
			words.push(spelling(name));
		} else {
			words.push(...[value].flat().flatMap(text => [spelling(name), text]));
		}
	}

	return words.map(word => shellWord(word));
}
