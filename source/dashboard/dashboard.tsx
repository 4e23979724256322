import {once} from 'node:events';
import {writeSync} from 'node:fs';
import process from 'node:process';
import {type ReadStream, type WriteStream} from 'node:tty';
import {type Instance, render} from 'ink';
import {Controller} from '../session/controller.js';
import {type PresetShelf} from '../session/ports.js';
import {type Session} from '../session/session.js';
import {SnapshotMaker} from '../session/snapshot-maker.js';
import {type Capabilities} from '../terminal/capabilities.js';
import {JobControl} from '../terminal/job-control.js';
import {AlternateScreen} from '../terminal/screen.js';
import {terminalSize} from '../terminal/size.js';
import {guardWaysOut} from '../terminal/ways-out.js';
import {App} from './app.js';
import {exportFiles} from './export-files.js';
import {LiveScreen} from './live-screen.js';

export type DashboardParts = {
	readonly session: Session;
	readonly shelf: PresetShelf;
	readonly capabilities: Capabilities;
	/** Wall clock, ms. */
	readonly clock: () => number;
	readonly fps: number;
	/** Length of the recorder's windows, ns. */
	readonly window: number;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream;
};

/** An export works so long between two looks at the keys, ms, in pieces of so many events. */
const workTime = 20;
const workEvents = 500;

/** Wall time between two slices of simulation when there is nothing to catch up with, ms. */
const sliceInterval = 20;

/**
Holds the parts together while the dashboard is open: the terminal, Ink, the clock that
drives the simulation and the frames. React has none of the state, so Ink is taken down
and put up again wherever it would have to guess what is on the screen: after a resize,
after `fg`, on redraw.
*/
export class Dashboard {
	private readonly screen: AlternateScreen;
	private readonly controller: Controller;
	private readonly view: LiveScreen;
	private readonly jobs: JobControl;
	private ink: Instance | undefined;
	private timer: NodeJS.Timeout | undefined;
	private turn: NodeJS.Immediate | undefined;
	private lastSlice = 0;
	private lastFrame = 0;
	private readonly ending = new AbortController();

	constructor(private readonly parts: DashboardParts) {
		const {session, shelf, capabilities, clock, window, stdout} = parts;
		this.screen = new AlternateScreen(text => {
			writeNow(stdout, text);
		});
		this.controller = new Controller(session, {
			shelf,
			files: exportFiles,
			quit: () => {
				this.ending.abort();
			},
			// Ink is in the middle of a key when these are called.
			suspend: () => {
				setImmediate(() => {
					this.jobs.suspend();
				});
			},
			redraw: () => {
				setImmediate(() => {
					this.remount();
				});
			},
		});
		this.view = new LiveScreen({
			controller: this.controller,
			snapshots: new SnapshotMaker(session, {window, clock, columns: 1}),
			capabilities,
			clock,
			size: terminalSize(stdout),
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

	/** Opens the dashboard; the exit code when the user has left it. */
	async run(): Promise<number> {
		const {stdout, session} = this.parts;
		const release = guardWaysOut(process, {
			restore: () => {
				this.restore();
			},
			interrupt: () => {
				this.ending.abort();
			},
			reproduce: () => session.token,
			report(text) {
				writeNow(process.stderr, text);
			},
		});
		this.jobs.start();
		stdout.on('resize', this.onResize);
		stdout.on('error', this.onGone);
		this.enter();
		await once(this.ending.signal, 'abort');
		stdout.off('resize', this.onResize);
		this.jobs.dispose();
		this.leave();
		release();
		stdout.off('error', this.onGone);
		// What is typed from here on is the shell's.
		this.parts.stdin.pause();
		stdout.write(`${session.token}\n`);
		return 0;
	}

	private readonly onResize = (): void => {
		this.view.resize(terminalSize(this.parts.stdout));
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
		this.lastSlice = this.parts.clock();
		this.lastFrame = this.lastSlice;
		this.schedule('reached');
	}

	/** Gives the terminal back in order: Ink first, so that it does not write after us. */
	private leave(): void {
		clearTimeout(this.timer);
		clearImmediate(this.turn);
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

		this.view.resize(terminalSize(this.parts.stdout));
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
		this.ink = render(<App source={this.view}/>, {
			stdin,
			stdout,
			exitOnCtrlC: false,
			patchConsole: false,
			incrementalRendering: false,
			maxFps: 60,
		});
	}

	private schedule(pace: 'reached' | 'behind'): void {
		// Keys that wait are read between two slices either way.
		if (pace === 'behind') {
			this.turn = setImmediate(this.onTurn);
		} else {
			this.timer = setTimeout(this.onTurn, sliceInterval);
		}
	}

	private readonly onTurn = (): void => {
		const {session, clock, fps} = this.parts;
		const now = clock();
		const pace = session.advance(now - this.lastSlice, this.controller.held || this.view.tooSmall);
		this.lastSlice = now;
		while (this.controller.working && clock() - now < workTime) {
			this.controller.work(workEvents);
		}

		if (now - this.lastFrame >= 1000 / fps) {
			this.lastFrame = now;
			this.view.refresh();
		}

		if (this.ink !== undefined) {
			this.schedule(this.controller.working ? 'behind' : pace);
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
