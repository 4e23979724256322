import process from 'node:process';
import {isatty} from 'node:tty';
import {ReaderGone} from '../files/file-error.js';
import {forgetInputs} from '../files/inputs.js';
import {standard} from '../files/standard-descriptors.js';
import {shellWord} from '../report/shell-word.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {ProgressLine} from '../terminal/progress-line.js';
import {version} from '../version.js';
import {type Complaints} from './command-result.js';
import {parseCommandLine, unknownFlag, type CommandLine} from './command-line.js';
import {spelling} from './flags.js';
import {commandHelp, generalHelp} from './help.js';
import {Interrupt} from './interrupt.js';
import {checkOutputFile, noteNamedInputs, writeOutputFile} from './output-file.js';
import {commandOf, commands, dashboardFlags} from './registry.js';
import {withSample} from './sample.js';
import {settingsOf} from './settings.js';
import {
	errorColumns,
	errorOutputBroke,
	isErrorTerminal,
	print,
	printError,
	printLong,
	refuseClosedOutput,
} from './standard-streams.js';
import {listenToTerminalErrors} from './terminal-errors.js';
import {type Verb} from './verb.js';

/** Exit code of bad usage or input. */
const usageCode = 2;

/** Exit code of a fault of the program itself. */
const faultCode = 70;

/**
Does what the command line says, and says on the error stream why it can not; the exit code
(docs/contract.md, section 1).
*/
export async function runProgram(argv: readonly string[]): Promise<number> {
	forgetInputs();
	try {
		return await main(argv);
	} catch (error) {
		return report(error, argv);
	}
}

async function main(argv: readonly string[]): Promise<number> {
	const written = parseCommandLine(argv, import.meta);
	const [first] = written.input;
	const command = first === undefined ? undefined : commandOf(first);
	const line = withSample(written, command);
	if (line.flags.version) {
		print(`${version}\n`);
		return 0;
	}

	if (line.flags.help) {
		await show(await (command ? (command.help?.() ?? commandHelp(command)) : generalHelp()), line.flags.pager);
		return 0;
	}

	refuseForeignFlags(line, command);
	if (command === undefined) {
		return openDashboard(line);
	}

	return (await command.open?.(line)) ?? headless(command, line);
}

/** Prints; a text to read through the pager where that is wanted. */
async function show(text: string, isPaged: boolean): Promise<void> {
	if (isPaged) {
		await printLong(text);
	} else {
		print(text);
	}
}

/** A flag of another command is a mistake, not a wish that is quietly left out. */
function refuseForeignFlags({given}: CommandLine, command: Verb | undefined): void {
	const known = command?.flags ?? dashboardFlags;
	for (const name of given) {
		if (!known.includes(name)) {
			throw new UserError(
				`${unknownFlag(spelling(name), known)} (vqlab ${command ? `${command.name} ` : ''}--help lists them)`,
			);
		}
	}
}

/**
Opens the dashboard on a terminal; its exit code. React and Ink are loaded here and nowhere else.

@throws {UserError} without a terminal.
*/
async function openDashboard({input, flags, given}: CommandLine): Promise<number> {
	const [preset, extra] = input;
	if (extra !== undefined) {
		throw new UserError(`the dashboard takes one preset, not also ${shellWord(extra)}`);
	}

	if (preset !== undefined) {
		await refuseUnknownName(preset);
	}

	if (!isatty(standard.output) || !(isatty(standard.input) || preset === '-')) {
		throw new UserError(
			'the dashboard needs a terminal on stdin and stdout; without one: vqlab ' +
				`run${preset === undefined ? '' : ` ${shellWord(preset)}`}`,
		);
	}

	listenToTerminalErrors();
	const {runDashboard} = await import('../dashboard/start.js');
	const {liveAdviser} = await import('./live-adviser.js');
	return runDashboard({
		preset,
		set: settingsOf(flags),
		change: flags.change,
		color: given.has('color') ? flags.color : undefined,
		ascii: flags.ascii,
		theme: flags.theme,
		speed: flags.speed,
		fps: flags.fps,
		force: flags.force,
		adviser: liveAdviser({workers: 1}),
	});
}

/** A word that is neither a command nor a preset may be meant as either. */
async function refuseUnknownName(name: string): Promise<void> {
	if (name === '-' || name.includes('/') || name.endsWith('.json')) {
		return;
	}

	const {ownPresetNames, presetNames} = await import('../presets/preset-files.js');
	const names = [...presetNames(), ...ownPresetNames()];
	if (!names.includes(name)) {
		const near = nearest(name, [...commands.map(command => command.name), ...names]);
		throw new UserError(
			'no command or preset is called ' +
				`${shellWord(name)}${near === undefined ? '; vqlab --help lists the commands, vqlab presets the presets' : `; did you mean ${near}?`}`,
		);
	}
}

async function headless(command: Verb, line: CommandLine): Promise<number> {
	const input = line.input.slice(1);
	if (input.length > command.words) {
		throw new UserError(
			`vqlab ${command.name} does not take ${shellWord(input[command.words])}: vqlab ${command.name} ` +
				`${command.synopsis}`,
		);
	}

	const {quiet, verbose, pager} = line.flags;
	if (quiet && verbose) {
		throw new UserError('--quiet and --verbose contradict each other: give one of them');
	}

	const file = command.writesOutput === true ? undefined : line.flags.output;
	if (file === undefined) {
		refuseClosedOutput();
	} else {
		noteNamedInputs(line);
		checkOutputFile(file);
	}

	const interrupt = new Interrupt();
	const progress = new ProgressLine({
		write: !quiet && isErrorTerminal() ? printError : undefined,
		columns: errorColumns,
		clock: () => performance.now(),
	});
	const outcome = await command
		.run({
			line,
			input,
			interrupt,
			progress,
			warn(text) {
				if (!quiet) {
					progress.erase();
					printError(`${text}\n`);
				}
			},
		})
		.finally(() => {
			progress.erase();
		});
	const {output, file: content} = outcome;
	// The file first: whoever reads the output may have gone.
	if (file !== undefined) {
		await writeOutputFile(file, content ?? output, interrupt);
	}

	if (file === undefined || content !== undefined) {
		await show(output, command.isLong === true && pager);
	}

	if (verbose) {
		printError(`${costs(command.name)}\n`);
	}

	// Of what is cut short nothing was to be expected.
	if (interrupt.signal !== undefined) {
		return interrupt.exitCode;
	}

	const exitCode = outcome.exitCode === 0 ? 0 : complain(outcome.exitCode, outcome.complaints);
	return exitCode === 0 && errorOutputBroke() ? usageCode : exitCode;
}

/**
What the program is and what it took so far: wall-clock time, CPU time of all its threads, the most
memory that it had.
*/
function costs(name: string): string {
	const {user, system} = process.cpuUsage();
	const {maxRSS} = process.resourceUsage();
	return [
		`vqlab ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}; ${name}:`,
		`${(performance.now() / 1000).toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of CPU,`,
		`${Math.round(maxRSS / 1024)} MiB`,
	].join(' ');
}

/**
Says on stderr why the program fails, a line a reason, also with `--quiet`; the exit
code. Nothing else returns 1 or 2.
*/
function complain(exitCode: 1 | typeof usageCode, complaints: Complaints): number {
	for (const complaint of complaints) {
		// What the user wrote may hold line ends.
		printError(`vqlab: ${complaint.replaceAll(/\s*[\r\n]\s*/gv, ' ')}\n`);
	}

	return exitCode;
}

function report(error: unknown, argv: readonly string[]): number {
	if (error instanceof ReaderGone) {
		return error.exitCode;
	}

	if (error instanceof UserError) {
		return complain(usageCode, [error.message]);
	}

	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	printError(
		[
			'vqlab: a fault of vqlab itself',
			stack,
			`to reproduce, with vqlab ${version} and Node ${process.versions.node}: ` +
				`${['vqlab', ...argv].map(word => shellWord(word)).join(' ')}`,
			'',
		].join('\n'),
	);
	return faultCode;
}
