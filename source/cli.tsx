#!/usr/bin/env node
import process from 'node:process';
import {type Complaints} from './commands/command-result.js';
import {parseCommandLine, unknownFlag, type CommandLine} from './commands/command-line.js';
import {spelling} from './commands/flags.js';
import {commandHelp, generalHelp} from './commands/help.js';
import {Interrupt} from './commands/interrupt.js';
import {checkOutputFile, writeOutputFile} from './commands/output-file.js';
import {
	commandOf, commands, dashboardFlags, type Command,
} from './commands/registry.js';
import {settingsOf} from './commands/settings.js';
import {shellWord} from './report/shell-word.js';
import {nearest} from './parameters/nearest.js';
import {UserError} from './parameters/user-error.js';
import {version} from './version.js';

/** Exit code of bad usage or input. */
const usageCode = 2;

/** Exit code of a fault of the program itself. */
const faultCode = 70;

/** Does what the command line says; the exit code. */
async function main(argv: readonly string[]): Promise<number> {
	const line = parseCommandLine(argv, import.meta);
	const [first] = line.input;
	const command = first === undefined ? undefined : commandOf(first);
	if (line.flags.version) {
		process.stdout.write(`${version}\n`);
		return 0;
	}

	if (line.flags.help) {
		process.stdout.write(command ? await (command.help?.() ?? commandHelp(command)) : generalHelp());
		return 0;
	}

	refuseForeignFlags(line, command);
	if (command?.needsTerminal) {
		const code = await openView(line);
		if (code !== undefined) {
			return code;
		}
	}

	return command ? headless(command, line) : openDashboard(line);
}

/** A flag of another command is a mistake, not a wish that is quietly left out. */
function refuseForeignFlags({given}: CommandLine, command: Command | undefined): void {
	const known = command?.flags ?? dashboardFlags;
	for (const name of given) {
		if (!known.includes(name)) {
			throw new UserError(`${unknownFlag(spelling(name), known)} (vqlab ${command ? `${command.name} ` : ''}--help lists them)`);
		}
	}
}

/**
Opens the dashboard on a terminal; its exit code. React and Ink are loaded here and nowhere else.

@throws {UserError} without a terminal.
*/
async function openDashboard({input, flags}: CommandLine): Promise<number> {
	const [preset, extra] = input;
	if (extra !== undefined) {
		throw new UserError(`the dashboard takes one preset, not also ${shellWord(extra)}`);
	}

	if (preset !== undefined) {
		await refuseUnknownName(preset);
	}

	if (!process.stdout.isTTY || !(process.stdin.isTTY || preset === '-')) {
		throw new UserError(`the dashboard needs a terminal on stdin and stdout; without one: vqlab run${preset === undefined ? '' : ` ${shellWord(preset)}`}`);
	}

	const {runDashboard} = await import('./dashboard/start.js');
	return runDashboard({
		preset, set: settingsOf(flags), color: flags.color, ascii: flags.ascii, speed: flags.speed, fps: flags.fps,
	});
}

/** Shows a recording on a terminal; undefined when there is none, or nothing to show. */
async function openView({input, flags}: CommandLine): Promise<number | undefined> {
	const [, trace, extra] = input;
	const isStream = trace === '-';
	const hasKeyboard = process.stdin.isTTY ? !isStream : isStream;
	if (trace === undefined || extra !== undefined || !process.stdout.isTTY || !hasKeyboard) {
		return undefined;
	}

	const {runView} = await import('./dashboard/recording/start-view.js');
	return runView({
		trace, host: flags.host, device: flags.device, beside: flags.beside, set: flags.set, fps: flags.fps, color: flags.color, ascii: flags.ascii,
	});
}

/** A word that is neither a command nor a preset may be meant as either. */
async function refuseUnknownName(name: string): Promise<void> {
	if (name === '-' || name.includes('/') || name.endsWith('.json')) {
		return;
	}

	const {presetNames} = await import('./presets/load-preset.js');
	const names = presetNames();
	if (!names.includes(name)) {
		const near = nearest(name, [...commands.map(command => command.name), ...names]);
		throw new UserError(`no command or preset is called ${shellWord(name)}${near === undefined ? '; vqlab --help lists the commands, vqlab presets the presets' : `; did you mean ${near}?`}`);
	}
}

async function headless(command: Command, line: CommandLine): Promise<number> {
	const input = line.input.slice(1);
	if (input.length > command.words) {
		throw new UserError(`vqlab ${command.name} does not take ${shellWord(input[command.words])}: vqlab ${command.name} ${command.synopsis}`);
	}

	const {output: file, quiet} = line.flags;
	if (file !== undefined) {
		checkOutputFile(file);
	}

	const interrupt = new Interrupt();
	const stopListening = interrupt.listen();
	const outcome = await command.run({
		line,
		input,
		interrupt,
		progress(text) {
			if (!quiet) {
				process.stderr.write(`${text}\n`);
			}
		},
	});
	stopListening();
	const {output, file: content} = outcome;
	if (file === undefined || content !== undefined) {
		process.stdout.write(output);
	}

	if (file !== undefined) {
		writeOutputFile(file, content ?? output);
	}

	const exitCode = outcome.exitCode === 0 ? 0 : complain(outcome.exitCode, outcome.complaints);
	return interrupt.signal === undefined ? exitCode : interrupt.exitCode;
}

/** Says on stderr why the program fails, a line a reason, also with `--quiet`; the exit code. Nothing else returns 1 or 2. */
function complain(exitCode: 1 | typeof usageCode, complaints: Complaints): number {
	for (const complaint of complaints) {
		// What the user wrote may hold line ends.
		process.stderr.write(`vqlab: ${complaint.replaceAll(/\s*[\r\n]\s*/gv, ' ')}\n`);
	}

	return exitCode;
}

/** A reader of our output that went away has all it wanted; a full disk is the user's. */
function onOutputError(error: NodeJS.ErrnoException): void {
	process.exit(error.code === 'EPIPE' ? 0 : complain(usageCode, [`standard output can not be written: ${error.message}`]));
}

/** Nobody is left to tell. */
function onComplaintError(error: NodeJS.ErrnoException): void {
	process.exit(error.code === 'EPIPE' ? 0 : usageCode);
}

function report(error: unknown, argv: readonly string[]): number {
	if (error instanceof UserError) {
		return complain(usageCode, [error.message]);
	}

	const stack = error instanceof Error ? error.stack ?? error.message : String(error);
	process.stderr.write([
		'vqlab: a fault of vqlab itself',
		stack,
		`to reproduce, with vqlab ${version} and Node ${process.versions.node}: ${['vqlab', ...argv].map(word => shellWord(word)).join(' ')}`,
		'',
	].join('\n'));
	return faultCode;
}

process.stdout.on('error', onOutputError);
process.stderr.on('error', onComplaintError);
const argv = process.argv.slice(2);
try {
	process.exitCode = await main(argv);
} catch (error) {
	process.exitCode = report(error, argv);
}
