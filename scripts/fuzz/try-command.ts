import {writeFileSync} from 'node:fs';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {commandOf, dashboardFlags} from '../../source/commands/registry.js';
import {UserError} from '../../source/errors/user-error.js';
import {forgetInputs} from '../../source/files/inputs.js';
import {noProgress} from '../../source/terminal/progress-line.js';

/**
Verbs that take too long for a draw, or write where the user is; their parts are drawn otherwise.
*/
const passedOver = new Set(['selfcheck', 'validate', 'view', 'record']);

/** A run that is still under way by then is interrupted, as with Ctrl-C, ms. */
const longest = 2000;

/** What no output says, whatever was asked. */
const slips = /\bNaN\b|\bundefined\b|\[object |\bInfinity\b/v;

/** The words that the user wrote may come back in a message or a title. */
function withoutQuotes(text: string, argv: readonly string[]): string {
	let rest = text;
	for (const word of argv) {
		rest = word.length < 3 ? rest : rest.replaceAll(word, '');
	}

	return rest.replaceAll(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/gv, '');
}

/** What is wrong with a complaint: it is one line, and says something. */
export function complaintFault(message: string, argv: readonly string[]): string | undefined {
	// The program writes line ends of the user's as spaces.
	const written = message.replaceAll(/\s*[\r\n]\s*/gv, ' ');
	if (written.trim().length < 8 || written.length > 1500) {
		return `a complaint of ${written.length} characters: ${written.slice(0, 200)}`;
	}

	return slips.test(withoutQuotes(written, argv)) ? `a complaint with a slip: ${written}` : undefined;
}

function outputFault(output: string, argv: readonly string[]): string | undefined {
	const format = argv[argv.indexOf('--format') + 1];
	const isJson = argv.includes('--format') && argv[0] === 'run' && (format === 'json' || format === 'ndjson');
	const documents = isJson ? (format === 'json' ? [output] : output.split('\n').filter(row => row !== '')) : [];
	for (const document of documents) {
		try {
			JSON.parse(document);
		} catch (error) {
			return `output that is no JSON: ${String(error)}`;
		}
	}

	const slip = argv[0] === 'explain' ? null : slips.exec(withoutQuotes(output, argv));
	return slip === null
		? undefined
		: `"${slip[0]}" in the output: ` +
				`…${output.slice(Math.max(0, output.indexOf(slip[0]) - 60), output.indexOf(slip[0]) + 20)}…`;
}

/**
Carries a command line out, its preset from `file`; what is wrong with
what came of it, or undefined.
*/
export async function tryCommand(
	argv: readonly string[],
	preset: string | undefined,
	file: string,
): Promise<string | undefined> {
	if (preset !== undefined) {
		writeFileSync(file, preset);
	}

	forgetInputs();
	const words = preset === undefined ? argv : argv.map(word => (word === '-' ? file : word));
	const interrupt = new Interrupt();
	const timer = setTimeout(() => {
		interrupt.stop('SIGTERM');
	}, longest);
	try {
		const line = parseCommandLine(words, import.meta);
		const command = line.input[0] === undefined ? undefined : commandOf(line.input[0]);
		const known = command?.flags ?? dashboardFlags;
		const isForeign = [...line.given].some(name => !known.includes(name));
		const input = line.input.slice(1);
		if (
			command === undefined ||
			passedOver.has(command.name) ||
			isForeign ||
			line.flags.help ||
			input.length > command.words ||
			input.includes('-')
		) {
			return undefined;
		}

		const outcome = await command.run({
			line,
			input,
			interrupt,
			progress: noProgress,
			warn: () => undefined,
		});
		for (const complaint of outcome.complaints ?? []) {
			const fault = complaintFault(complaint, words);
			if (fault !== undefined) {
				return fault;
			}
		}

		return outputFault(outcome.output, words);
	} catch (error) {
		if (error instanceof UserError) {
			return complaintFault(error.message, words);
		}

		return error instanceof Error ? (error.stack ?? error.message) : String(error);
	} finally {
		clearTimeout(timer);
	}
}
