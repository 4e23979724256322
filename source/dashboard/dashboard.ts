import {type ReadStream, type WriteStream} from 'node:tty';
import {Controller} from '../session/controller.js';
import {type Pace} from '../session/pacer.js';
import {type ExportFiles, type PresetShelf} from '../session/ports.js';
import {type Session} from '../session/session.js';
import {SnapshotMaker} from '../session/snapshot-maker.js';
import {type Capabilities} from '../terminal/capabilities.js';
import {terminalSize} from '../terminal/size.js';
import {LiveScreen} from './screen.js';
import {TerminalStage} from './terminal-stage.js';

export type DashboardParts = {
	readonly session: Session;
	readonly shelf: PresetShelf;
	readonly files: ExportFiles;
	readonly capabilities: Capabilities;
	/** Wall clock, ms. */
	readonly clock: () => number;
	readonly fps: number;
	/** Length of the recorder's windows, ns. */
	readonly window: number;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream & {readonly fd: number};
};

/** An export works so long between two looks at the keys, ms, in pieces of so many events. */
const workTime = 20;
const workEvents = 500;

/** The dashboard while it is open: the clock that drives the simulation and the frames, on a terminal. */
export class Dashboard {
	private readonly controller: Controller;
	private readonly view: LiveScreen;
	private readonly stage: TerminalStage;
	private lastSlice = 0;
	private lastFrame = 0;

	constructor(private readonly parts: DashboardParts) {
		const {session, shelf, files, capabilities, clock, window, stdin, stdout} = parts;
		this.stage = new TerminalStage({
			stdin,
			stdout,
			begin: () => {
				this.lastSlice = clock();
				this.lastFrame = this.lastSlice;
			},
			turn: () => this.turn(),
			reproduce: () => session.token,
		});
		const {quit, suspend, redraw} = this.stage;
		this.controller = new Controller(session, {
			shelf, files, quit, suspend, redraw,
		});
		this.view = new LiveScreen({
			controller: this.controller,
			snapshots: new SnapshotMaker(session, {window, clock, columns: 1}),
			capabilities,
			clock,
			size: terminalSize(stdout),
		});
	}

	/** Opens the dashboard; the exit code when the user has left it. */
	async run(): Promise<number> {
		await this.stage.show(this.view);
		this.parts.stdout.write(`${this.parts.session.token}\n`);
		return 0;
	}

	private turn(): Pace {
		const {session, clock, fps} = this.parts;
		const {controller, view} = this;
		const now = clock();
		const pace = session.advance(now - this.lastSlice, controller.held || view.tooSmall);
		this.lastSlice = now;
		while (controller.working && clock() - now < workTime) {
			controller.work(workEvents);
		}

		if (now - this.lastFrame >= 1000 / fps) {
			this.lastFrame = now;
			view.refresh();
		}

		return controller.working ? 'behind' : pace;
	}
}
