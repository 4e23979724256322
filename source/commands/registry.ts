import {type Progress} from '../terminal/progress-line.js';
import {type CommandLine} from './command-line.js';
import {type CommandResult} from './command-result.js';
import {type FlagName} from './flags.js';
import {formatFlag} from './format-flag.js';
import {type Interrupt} from './interrupt.js';
import {settingsOf} from './settings.js';

/** What a command has to work with. */
export type CommandContext = {
	readonly line: CommandLine;
	/** The words after the command's name. */
	readonly input: readonly string[];
	readonly interrupt: Interrupt;
	/** Where the work shows how far it is. */
	readonly progress: Progress;
	/** Prints a line that stays, unless `--quiet`. */
	readonly warn: (text: string) => void;
};

/** What a command leaves behind: its output, and how it went. */
export type CommandOutcome = CommandResult & {
	/** What `--output` gets instead of `output`, which then goes to stdout. */
	readonly file?: string;
};

/** A verb of the command line. */
export type Command = {
	readonly name: string;
	/** What comes after the name in the usage line. */
	readonly synopsis: string;
	readonly summary: string;
	/** Most words that it takes. */
	readonly words: number;
	/** The flags that it takes beside `--help`, in the order of the help. */
	readonly flags: readonly FlagName[];
	readonly examples: readonly string[];
	/** It is shown on a terminal; `run` is what it does without one. */
	readonly needsTerminal?: true;
	/** What `--help` prints instead of the flags. */
	readonly help?: () => Promise<string>;
	/** Loads the code: `--help` and the other commands start without it. */
	readonly run: (context: CommandContext) => Promise<CommandOutcome>;
};

/** The verbs, in the order of the help. The dashboard is what starts without one. */
export const commands: readonly Command[] = [
	{
		name: 'run',
		synopsis: '[preset|file|-]',
		summary: 'simulate and report',
		words: 1,
		flags: ['set', 'change', 'seed', 'runs', 'for', 'warmup', 'window', 'events', 'assert', 'check', 'untilStall', 'format', 'output', 'quiet', 'color', 'ascii'],
		examples: [
			'vqlab run seed-2019-kick-under-lock --set driver.lockPolicy=kick-after-unlock',
			'vqlab run --for 10s --format json --assert \'latency.p99 < 5ms\'',
			'vqlab run --change \'500ms queue.size=256\' --format csv --output run.csv',
		],
		async run(context) {
			const {run} = await import('./run.js');
			return run(context);
		},
	},
	{
		name: 'compare',
		synopsis: '[preset] [preset]',
		summary: 'is b better than a: paired runs on the same random numbers',
		words: 2,
		flags: ['a', 'b', 'set', 'seed', 'runs', 'precision', 'for', 'warmup', 'events', 'sameWithin', 'failIf', 'undecided', 'proveGate', 'baseline', 'ablate', 'format', 'output', 'quiet', 'ascii'],
		examples: [
			'vqlab compare seed-2019-kick-under-lock --b driver.lockPolicy=kick-after-unlock',
			'vqlab compare my-guest.json --b queue.size=256 --fail-if \'throughput.completed < -2%\'',
		],
		async run(context) {
			const {compare} = await import('./compare.js');
			return compare(context);
		},
	},
	{
		name: 'selfcheck',
		synopsis: '',
		summary: 'published pairs and closed forms against the model',
		words: 0,
		flags: ['format', 'output', 'quiet'],
		examples: ['vqlab selfcheck --format markdown --output selfcheck.md'],
		async run(context) {
			const {runSelfcheckCommand} = await import('./selfcheck.js');
			return runSelfcheckCommand(context);
		},
	},
	{
		name: 'validate',
		synopsis: '<cells.json>',
		summary: 'the model against measurements of a real guest',
		words: 1,
		flags: ['preset', 'runs', 'for', 'warmup', 'seed', 'require', 'format', 'output', 'quiet'],
		examples: [
			'vqlab validate test/testbed/cells.json',
			'vqlab validate test/testbed/cells.json --format markdown --output docs/validation.md',
		],
		async run({input, line, interrupt, progress}) {
			const {runValidateCommand, validateFormats, validateOptions} = await import('./validate.js');
			const format = formatFlag(line.flags.format, validateFormats);
			return runValidateCommand(input, {
				...validateOptions(line.flags), format, interrupt, progress,
			});
		},
	},
	{
		name: 'export',
		synopsis: '[preset|file|-]',
		summary: 'a run for Perfetto, as ftrace text, as csv; or QEMU\'s options',
		words: 1,
		flags: ['to', 'set', 'seed', 'for', 'warmup', 'change', 'events', 'output', 'quiet'],
		examples: ['vqlab export seed-2019-kick-under-lock --for 20ms --to perfetto --output run.json'],
		async run({input, line, interrupt, progress}) {
			const {exportDuration, runExportCommand} = await import('./export.js');
			const {budgetOf} = await import('./run-options.js');
			const settings = settingsOf({...line.flags, for: line.flags.for ?? exportDuration});
			return runExportCommand(input, {
				to: line.flags.to, settings, change: line.flags.change, budget: budgetOf(line.flags.events), interrupt, progress,
			});
		},
	},
	{
		name: 'calibrate',
		synopsis: '<trace>',
		summary: 'a preset from a recording of a real guest',
		words: 1,
		flags: ['host', 'device', 'side', 'set', 'format', 'output', 'quiet'],
		examples: ['vqlab calibrate guest.txt --host qemu.log --output my-guest.json'],
		async run({input, line, interrupt, progress}) {
			const {runCalibrateCommand} = await import('./calibrate.js');
			const {preset, ...result} = await runCalibrateCommand(input, {
				host: line.flags.host, device: line.flags.device, side: line.flags.side, set: line.flags.set, format: formatFlag(line.flags.format, ['text', 'json']), interrupt, progress,
			});
			return {...result, file: preset};
		},
	},
	{
		name: 'replay',
		synopsis: '<trace>',
		summary: 'the recorded command stream through the model',
		words: 1,
		flags: ['host', 'device', 'set', 'format', 'output', 'quiet'],
		examples: ['vqlab replay guest.txt --set driver.lockPolicy=kick-after-unlock'],
		async run({input, line, interrupt, progress}) {
			const {runReplayCommand} = await import('./replay.js');
			return runReplayCommand(input, {
				host: line.flags.host, device: line.flags.device, set: line.flags.set, format: formatFlag(line.flags.format, ['text', 'json']), interrupt, progress,
			});
		},
	},
	{
		name: 'view',
		synopsis: '<trace|->',
		summary: 'a recording on the dashboard\'s charts, without the model; - follows a stream',
		words: 1,
		flags: ['host', 'device', 'beside', 'set', 'fps', 'color', 'ascii'],
		examples: [
			'vqlab view guest.txt',
			'vqlab view guest.txt --host qemu.log --beside my-guest.json',
			'ssh -n guest cat /sys/kernel/tracing/trace_pipe | vqlab view -',
		],
		needsTerminal: true,
		async run({input}) {
			const {refuseWithoutTerminal} = await import('./view.js');
			return refuseWithoutTerminal(input);
		},
	},
	{
		name: 'record',
		synopsis: '--help',
		summary: 'the commands that record a guest and its host, to paste',
		words: 0,
		flags: ['output'],
		examples: ['vqlab record --help'],
		async help() {
			const {recordScript} = await import('./record.js');
			return recordScript;
		},
		async run() {
			const {runRecordCommand} = await import('./record.js');
			return runRecordCommand();
		},
	},
	{
		name: 'presets',
		synopsis: '',
		summary: 'the incidents and machines that ship',
		words: 0,
		flags: ['format', 'output'],
		examples: ['vqlab presets'],
		async run({input, line}) {
			const format = formatFlag(line.flags.format, ['text', 'json']);
			const {runPresetsCommand} = await import('./presets.js');
			return runPresetsCommand(input, {format});
		},
	},
	{
		name: 'explain',
		synopsis: '[key|metric|finding|word|view]',
		summary: 'what it is: a key, a metric, a finding or any word of a screen',
		words: 6,
		flags: ['format', 'output'],
		examples: ['vqlab explain driver.lockPolicy', 'vqlab explain lock.contentionShare', 'vqlab explain worker-spin', 'vqlab explain IRQ rate'],
		async run({input, line}) {
			const format = formatFlag(line.flags.format, ['text', 'json']);
			const {runExplainCommand} = await import('./explain.js');
			return runExplainCommand(input, {format});
		},
	},
	{
		name: 'schema',
		synopsis: '',
		summary: 'the JSON Schema of a preset file',
		words: 0,
		flags: ['output'],
		examples: ['vqlab schema --output preset.schema.json'],
		async run() {
			const {runSchemaCommand} = await import('./schema.js');
			return runSchemaCommand();
		},
	},
];

/** The flags of the dashboard, which has no verb. */
export const dashboardFlags: readonly FlagName[] = ['set', 'seed', 'speed', 'fps', 'force', 'color', 'ascii'];

/** The command of a name. */
export function commandOf(name: string): Command | undefined {
	return commands.find(command => command.name === name);
}
