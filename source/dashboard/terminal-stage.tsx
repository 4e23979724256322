import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import process from 'node:process';
import {JobControl} from '../terminal/job-control.js';
import {KeyReader} from '../terminal/keys/key-reader.js';
import {isGone, TerminalOutput, writeNow, writerTo} from '../terminal/output.js';
import {terminalSize} from '../terminal/size.js';
import {guardWaysOut, type WaysOut} from '../terminal/ways-out.js';
import {givenBack, type Painter} from './painter.js';
import {ScreenPainter} from './screen-painter.js';
import {type StageParts, type StageView} from './stage-parts.js';
import {TextPainter} from './text-painter.js';

/** Wall time between two looks at a terminal that has not taken a frame yet, ms. */
const retryInterval = 20;

/**
The terminal while something is shown on it: the alternate screen, Ink, keys, resize, stop and
continue, every way out. React has none of the state, so Ink is taken down and put up again
wherever it would have to guess what is on the screen: after a resize, after `fg`, on redraw.

What is on it is a painter's: frames, or lines for a screen reader.
*/
export class TerminalStage {
	private readonly output: TerminalOutput;
	private readonly painter: Painter<StageView>;
	private readonly jobs: JobControl;
	private readonly keys: KeyReader;
	private view: StageView | undefined;
	private preparation: Promise<void> | undefined;
	/** The painter has the terminal. */
	private isUp = false;
	private waysOut: WaysOut | undefined;
	private timer: NodeJS.Timeout | undefined;
	private immediate: NodeJS.Immediate | undefined;
	/** What is on the screen is of another size, or of another program. */
	private isStale = false;
	/** A frame waits until the terminal has taken the one before. */
	private isHeld = false;
	private readonly ending = new AbortController();

	constructor(private readonly parts: StageParts) {
		const {stdin, stdout, mouse = false, isSpoken = false} = parts;
		this.output = new TerminalOutput(
			writerTo(stdout.fd),
			() => terminalSize(stdout),
			() => {
				this.waysOut?.hangUp();
			},
		);
		this.painter = isSpoken
			? new TextPainter(this.output)
			: new ScreenPainter({
					output: this.output,
					mouse,
					load: async () => {
						// Keys wait for that, and for Ink nobody.
						await this.prepare();
						const {drawWithInk} = await import('./ink-painter.js');
						return (shown, sink) => drawWithInk(shown, sink, stdin);
					},
				});
		this.keys = new KeyReader({
			stdin,
			take: input => {
				this.wake();
				this.view?.take(input);
			},
			drawn: () => {
				this.view?.refresh();
			},
			onEnd: () => {
				this.waysOut?.hangUp();
			},
			clock: () => performance.now(),
		});
		this.jobs = new JobControl(process, {
			leave: left => {
				void this.leaveFor(left);
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
		this.keys.stop();
	};

	readonly suspend = (): void => {
		// What is typed behind it is not for us.
		this.keys.stop();
		setImmediate(() => {
			this.jobs.suspend();
		});
	};

	/**
	Puts a text into the clipboard of the terminal: OSC 52, which goes through ssh, tmux
	and screen where they allow it.
	*/
	readonly copy = (text: string): void => {
		this.output.write(`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`);
	};

	/**
	Draws everything anew, and takes the keyboard again: what shared the
	terminal may have changed both.
	*/
	readonly redraw = (): void => {
		this.keys.retake();
		this.isStale = true;
	};

	/** Shows the view until `quit`; then the terminal is as it was. */
	async show(view: StageView): Promise<void> {
		const {stdout, reproduce} = this.parts;
		this.view = view;
		const unsubscribe = view.subscribe(this.onFrame);
		this.waysOut = guardWaysOut(process, {
			restore: () => {
				this.restore();
			},
			interrupt: this.quit,
			isGone: () => isGone(stdout.fd),
			reproduce,
			report(text) {
				writeNow(writerTo(2), text);
			},
		});
		const {release, hangUp} = this.waysOut;
		this.jobs.start();
		process.on('SIGWINCH', this.onResize);
		stdout.on('error', hangUp);
		this.enter();
		void this.prepare();
		if (!this.ending.signal.aborted) {
			await once(this.ending.signal, 'abort');
		}

		unsubscribe();
		process.off('SIGWINCH', this.onResize);
		this.jobs.dispose();
		this.leave();
		await givenBack(this.painter, () => isGone(stdout.fd));
		release();
		stdout.off('error', hangUp);
	}

	/** Once, behind the first frame. */
	private async prepare(): Promise<void> {
		this.preparation ??= this.parts.prepare();
		await this.preparation;
		this.keys.serve();
	}

	/**
	Also when it is the size that it was: what a terminal cuts off when it shrinks it does not have
	when it grows again. Node's stream tells only of another size.
	*/
	private readonly onResize = (): void => {
		this.isStale = true;
		this.wake();
	};

	private enter(): void {
		// Before anything is seen, so that what is typed at it comes to us
		// and not to the line editor.
		this.keys.start();
		this.painter.enter();
		this.mount();
		this.parts.begin();
		this.schedule(0);
	}

	/** Gives the terminal back in order: Ink first, so that it does not write after us. */
	private leave(): void {
		this.cancelTurn();
		this.keys.stop();
		this.isUp = false;
		this.painter.unmount();
		this.painter.leave();
		this.keys.release();
	}

	/** The same, and calls back when the terminal has taken it, is gone, or is ours again. */
	private async leaveFor(left: () => void): Promise<void> {
		const {stdout} = this.parts;
		this.leave();
		await givenBack(this.painter, () => this.isUp || this.ending.signal.aborted || isGone(stdout.fd));
		left();
	}

	/** The same from within a signal or a fault, where Ink may be the one that failed. */
	private restore(): void {
		try {
			this.leave();
		} catch {
			this.painter.leave();
			this.keys.release();
		}
	}

	private resume(): void {
		if (this.isUp) {
			// Stopped by another than us: the screen and its mode may be anyone's.
			this.leave();
		}

		this.view?.resize(terminalSize(this.parts.stdout));
		this.enter();
	}

	private remount(): void {
		if (!this.isUp) {
			return;
		}

		this.view?.resize(terminalSize(this.parts.stdout));
		this.painter.unmount();
		this.painter.clear();
		this.mount();
	}

	private mount(): void {
		const {view} = this;
		if (view === undefined) {
			return;
		}

		this.isStale = false;
		this.isHeld = false;
		this.isUp = true;
		this.painter.mount(view);
	}

	/**
	A frame is drawn when the one before is out, and waits while the screen is to be drawn anew.
	*/
	private readonly onFrame = (): void => {
		if (this.isStale || this.output.isBehind) {
			this.isHeld = true;
		} else {
			this.isHeld = false;
			this.painter.paint();
		}
	};

	private schedule(wait: number): void {
		// Keys that wait are read between two slices either way.
		if (wait <= 0) {
			this.immediate = setImmediate(this.onTurn);
		} else if (wait < Infinity) {
			this.timer = setTimeout(this.onTurn, wait);
		}
	}

	private cancelTurn(): void {
		clearTimeout(this.timer);
		clearImmediate(this.immediate);
		this.timer = undefined;
		this.immediate = undefined;
	}

	/** Something has come from outside: the next turn is due. */
	private wake(): void {
		if (this.isUp && this.immediate === undefined) {
			this.cancelTurn();
			this.parts.catchUp();
			this.schedule(0);
		}
	}

	private readonly onTurn = (): void => {
		this.cancelTurn();
		const wait = this.parts.turn();
		if (!this.isUp) {
			return;
		}

		if (!this.output.isBehind) {
			if (this.isStale) {
				this.remount();
			} else if (this.isHeld) {
				this.onFrame();
			}
		}

		this.schedule(this.isStale || this.isHeld ? Math.min(wait, retryInterval) : wait);
	};
}
