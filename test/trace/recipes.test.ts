import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {commandOf, dashboardFlags} from '../../source/commands/registry.js';
import {parseSets} from '../../source/simulation/parameters/parse-set.js';

const folder = new URL('../../docs/recipes/', import.meta.url);
const files = readdirSync(folder);

/**
The commands of a page: lines of its examples that begin with `$`, and what stands in backquotes.
*/
function commandsOf(text: string): readonly string[] {
	const shown = [...text.matchAll(/^\$ (?<command>vqlab .*)$/gmv), ...text.matchAll(/`(?<command>vqlab [^`]+)`/gv)];
	// What is behind a pipe is another program's.
	return shown.map(({groups}) => (groups?.command ?? '').split(' | ', 1)[0]);
}

test('there are recipes', () => {
	expect(files.flatMap(file => commandsOf(readFileSync(new URL(file, folder), 'utf8'))).length).toBeGreaterThan(10);
});

test.each(files)('%s: every command that it shows is one, with flags that it takes', file => {
	for (const text of commandsOf(readFileSync(new URL(file, folder), 'utf8'))) {
		const line = parseCommandLine(text.split(/\s+/v).slice(1), import.meta);
		const command = commandOf(line.input[0]);
		const takes = command?.flags ?? dashboardFlags;
		for (const flag of line.given) {
			expect([text, flag, flag === 'help' || takes.includes(flag)]).toEqual([text, flag, true]);
		}

		expect([text, line.input.length - 1 <= (command?.words ?? 0)]).toEqual([text, true]);
		// A bare file or preset opens the dashboard.
		expect([text, command !== undefined || line.input[0].endsWith('.json')]).toEqual([text, true]);
		expect(() => parseSets(line.flags.set)).not.toThrow();
	}
});
