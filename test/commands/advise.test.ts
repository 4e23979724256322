import {expect, test} from 'vitest';
import {advise} from '../../source/commands/advise.js';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {tune} from '../../source/commands/tune.js';
import {type CommandContext} from '../../source/commands/verb.js';
import {shownIn} from '../helpers/shown-in.js';

function contextOf(argv: readonly string[]): CommandContext {
	const line = parseCommandLine([...argv], import.meta);
	return {
		line,
		input: line.input.slice(1),
		interrupt: new Interrupt(),
		progress: shownIn([]),
		warn: () => undefined,
	};
}

test.each([
	['a metric that does not exist', 'latency.p98 < 3us', /^--subject-to .*no metric latency\.p98; did you mean/v],
	[
		'a metric that the run has not',
		'cursor.latency.p99 < 3us',
		/^--subject-to .*a run of this preset has no cursor/v,
	],
	['a client that the run has not', 'frames.game.missed < 3', /^--subject-to .*a run of this preset has no frames/v],
	['no condition', 'latency.p99', /^--subject-to .* is not PATH < VALUE/v],
])('a condition on %s is one line, of advise and of tune', async (_, condition, message) => {
	const asked = ['fence-poll-120hz', '--subject-to', condition];
	await expect(advise(contextOf(['advise', ...asked]))).rejects.toThrow(message);
	await expect(tune(contextOf(['tune', ...asked, '--goal', 'min latency.p99']))).rejects.toThrow(message);
});

test('a goal that the run has not is one line', async () => {
	await expect(advise(contextOf(['advise', 'fence-poll-120hz', '--goal', 'min cursor.latency.p99']))).rejects.toThrow(
		/^--goal: a run of this preset has no cursor\.latency\.p99$/v,
	);
});
