import {once} from 'node:events';
import {writeSync} from 'node:fs';
import process from 'node:process';
import {type ReadStream, type WriteStream} from 'node:tty';
import {type Instance, render} from 'ink';
import {type Pace} from '../session/pacer.js';
import {JobControl} from '../terminal/job-control.js';
import {AlternateScreen} from '../terminal/screen.js';
import {type Size, terminalSize} from '../terminal/size.js';
import {guardWaysOut} from '../terminal/ways-out.js';
import {App, type FrameSource} from './app.js';

export type StageParts = {
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
	/** Called when the terminal is taken, at first and after a stop. */
	readonly begin: () => void;
	/** A slice of work and perhaps a frame; `behind` asks for the next one at once. */
	readonly turn: () => Pace;
	/** The command that comes to this point again. */
	readonly reproduce: () => string;
};

/** What is played: frames, for a terminal of a size. */
export type StageView = FrameSource & {resize(size: Size): void};

/** Wall time between two turns when there is nothing to catch up with, ms. */
const turnInterval = 20;

/**
The terminal while something is shown on it: the alternate screen, Ink, resize, stop and
continue, every way out. React has none of the state, so Ink is taken down and put up again
wherever it would have to guess what is on the screen: after a resize, after `fg`, on redraw.
*/
export class TerminalStage {
	private readonly screen: AlternateScreen;
	private readonly jobs: JobControl;
	private view: StageView | undefined;
	private ink: Instance | undefined;
	private timer: NodeJS.Timeout | undefined;
	private immediate: NodeJS.Immediate | undefined;
	private readonly ending = new AbortController();

	constructor(private readonly parts: StageParts) {
		const {stdout} = parts;
		this.screen = new AlternateScreen(text => {
			writeNow(stdout, text);
		});
		this.jobs = new JobControl(process, {
			leave: () => {
				this.leave();
			},
			resume: () => {
				this.resume();
			},
			after(milliseconds, callback) {
				setTimeout(callback, milliseconds);
			},
		});
	}

	readonly quit = (): void => {
		this.ending.abort();
	};

	// Ink is in the middle of a key when these are called.
	readonly suspend = (): void => {
		setImmediate(() => {
			this.jobs.suspend();
		});
	};

	readonly redraw = (): void => {
		setImmediate(() => {
			this.remount();
		});
	};

	/** Shows the view until `quit`; then the terminal is as it was. */
	async show(view: StageView): Promise<void> {
		const {stdout, stdin, reproduce} = this.parts;
		this.view = view;
		const release = guardWaysOut(process, {
			restore: () => {
				this.restore();
			},
			interrupt: this.quit,
			reproduce,
			report(text) {
				writeNow(process.stderr, text);
			},
		});
		this.jobs.start();
		stdout.on('resize', this.onResize);
		stdout.on('error', this.onGone);
		this.enter();
		if (!this.ending.signal.aborted) {
			await once(this.ending.signal, 'abort');
		}

		stdout.off('resize', this.onResize);
		this.jobs.dispose();
		this.leave();
		release();
		stdout.off('error', this.onGone);
		// What is typed from here on is the shell's.
		stdin.pause();
	}

	private readonly onResize = (): void => {
		this.view?.resize(terminalSize(this.parts.stdout));
		this.remount();
	};

	/** The terminal is gone: nobody is left to tell. */
	private readonly onGone = (): void => {
		process.exit(0);
	};

	private enter(): void {
		// Before anything is seen, so that what is typed at it comes to us and not to the line editor.
		this.parts.stdin.setRawMode(true);
		this.screen.enter();
		this.mount();
		this.parts.begin();
		this.schedule('reached');
	}

	/** Gives the terminal back in order: Ink first, so that it does not write after us. */
	private leave(): void {
		clearTimeout(this.timer);
		clearImmediate(this.immediate);
		this.ink?.unmount();
		this.ink = undefined;
		this.screen.leave();
	}

	/** The same from within a signal or a fault, where Ink may be the one that failed. */
	private restore(): void {
		try {
			this.leave();
		} catch {
			this.screen.leave();
		}

		const {stdin} = this.parts;
		if (stdin.isTTY && !stdin.destroyed) {
			try {
				stdin.setRawMode(false);
			} catch {
				// The terminal is gone, and its mode with it.
			}
		}
	}

	private resume(): void {
		if (this.ink !== undefined) {
			// Stopped by another than us: the screen and its mode may be anyone's.
			this.leave();
		}

		this.view?.resize(terminalSize(this.parts.stdout));
		this.enter();
	}

	private remount(): void {
		if (this.ink === undefined) {
			return;
		}

		this.ink.unmount();
		this.screen.clear();
		this.mount();
	}

	private mount(): void {
		const {stdin, stdout} = this.parts;
		if (this.view !== undefined) {
			this.ink = render(<App source={this.view}/>, {
				stdin,
				stdout,
				exitOnCtrlC: false,
				patchConsole: false,
				incrementalRendering: false,
				maxFps: 60,
			});
		}
	}

	private schedule(pace: Pace): void {
		// Keys that wait are read between two slices either way.
		if (pace === 'behind') {
			this.immediate = setImmediate(this.onTurn);
		} else {
			this.timer = setTimeout(this.onTurn, turnInterval);
		}
	}

	private readonly onTurn = (): void => {
		const pace = this.parts.turn();
		if (this.ink !== undefined) {
			this.schedule(pace);
		}
	};
}

/** Writes before it returns, so that what follows may end the process. */
function writeNow(stream: WriteStream & {readonly fd?: number}, text: string): void {
	try {
		writeSync(stream.fd ?? 1, text);
	} catch {
		// A terminal that is gone needs no restoring.
	}
}
