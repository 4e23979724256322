import {type ReadStream, type WriteStream} from 'node:tty';
import {type TerminalInput} from '../terminal/keys/terminal-input.js';
import {type Size} from '../terminal/size.js';
import {type FrameSource} from './app.js';
import {type Speaker} from './text-painter.js';

export type StageParts = {
	readonly stdin: ReadStream;
	readonly stdout: WriteStream & {readonly fd: number};
	/** Loads what the first frame does without, when that is out; no key is taken before. */
	readonly prepare: () => Promise<void>;
	/** Called when the terminal is taken, at first and after a stop. */
	readonly begin: () => void;
	/**
	A slice of work and perhaps a frame; ms until the next is due, Infinity: not before an input.
	*/
	readonly turn: () => number;
	/** Lets the time pass that has gone by since the last turn: an input comes before the next. */
	readonly catchUp: () => void;
	/** The command that comes to this point again. */
	readonly reproduce: () => string;
	/** Presses and the wheel are asked for. */
	readonly mouse?: boolean;
	/** Lines for a screen reader instead of a screen. */
	readonly isSpoken?: boolean;
};

/** What is played: frames, for a terminal of a size, and what keys and pastes do to it. */
export type StageView = FrameSource &
	Partial<Speaker> & {
		resize(size: Size): void;
		/** Does what an input asks for, without drawing. */
		take(input: TerminalInput): void;
		/** Draws what is now. */
		refresh(): unknown;
	};
