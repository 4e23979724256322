import {type Progress} from '../terminal/progress-line.js';
import {type CommandLine} from './command-line.js';
import {type CommandResult} from './command-result.js';
import {type FlagName} from './flags.js';
import {type Interrupt} from './interrupt.js';

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

/** What a word of a command line names. */
export type WordKind = 'preset' | 'recording' | 'subject' | 'file' | 'verb' | 'explained' | 'shell';

/** Flags and the words that they take. */
export type Choices = Readonly<Partial<Record<FlagName, readonly string[] | (() => Promise<readonly string[]>)>>>;

/** What a command leaves behind: its output, and how it went. */
export type CommandOutcome = CommandResult & {
	/** What `--output` gets instead of `output`, which then goes to stdout. */
	readonly file?: string;
};

/** A verb of the command line: a file in `verbs/` that exports it as `verb`. */
export type Verb = {
	readonly name: string;
	/**
	The verb that it follows in the help, `vqlab` for the dashboard; without it stands at the end.
	*/
	readonly after?: string;
	/** What comes after the name in the usage line. */
	readonly synopsis: string;
	readonly summary: string;
	/** Most words that it takes. */
	readonly words: number;
	/** What each of its words may be, for completion; the last one stands for those that follow. */
	readonly takes?: readonly WordKind[];
	/** It writes `--output` itself, as its work goes on; its output goes to stdout. */
	readonly writesOutput?: true;
	/**
	Its output is a text to read: on a terminal, what is longer than the screen goes through the
	pager.
	*/
	readonly isLong?: true;
	/** The flags that it takes beside `--help`, in the order of the help. */
	readonly flags: readonly FlagName[];
	/** What a flag means here, where that is not what it means elsewhere. */
	readonly means?: Readonly<Partial<Record<FlagName, string>>>;
	/** The values of flags that take one of a few, the first the default. */
	readonly choices?: Choices;
	readonly examples: readonly string[];
	/**
	Shows it on a terminal; the exit code. Undefined without a terminal or
	something to show: `run` says so.
	*/
	readonly open?: (line: CommandLine) => Promise<number | undefined>;
	/** What `--help` prints instead of the flags. */
	readonly help?: () => Promise<string>;
	/** Loads the code: `--help` and the other commands start without it. */
	readonly run: (context: CommandContext) => Promise<CommandOutcome>;
};
