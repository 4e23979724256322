import {type ReadStream, type WriteStream} from 'node:tty';
import {Controller} from '../session/controller.js';
import {registryOf} from '../session/commands.js';
import {laterPart, loadLaterParts} from '../session/later-part.js';
import {type Subject} from '../session/subject.js';
import {type Capabilities} from '../terminal/capabilities.js';
import {terminalSize} from '../terminal/size.js';
import {views} from '../views/list.js';
import {DeskScreen} from './screen.js';
import {type SpokenScreen} from './spoken/spoken-screen.js';
import {type Settings} from './settings.js';
import {TerminalStage} from './terminal-stage.js';
import {Turns} from './turns.js';

const speaking = laterPart(async () => import('./spoken/spoken-screen.js'));

export type DashboardParts = {
	readonly subject: Subject;
	readonly capabilities: Capabilities;
	/** Wall clock, ms. */
	readonly clock: () => number;
	readonly fps: number;
	/** How it looks and what its keys are. */
	readonly settings?: Settings;
	/** Lines for a screen reader instead of a screen. */
	readonly isSpoken?: boolean;
	readonly stdin: ReadStream;
	readonly stdout: WriteStream & {readonly fd: number};
};

/**
The dashboard of a subject while it is open, on a terminal: the clock that drives it and the frames.
What is loaded behind a first frame has to be there before, but for the overview of a run.
*/
export class Dashboard {
	/** What others may ask of the terminal meanwhile. */
	readonly stage: TerminalStage;
	private readonly controller: Controller;
	private readonly screen: DeskScreen | SpokenScreen;
	private readonly turns: Turns;

	constructor(private readonly parts: DashboardParts) {
		const {subject, capabilities, clock, stdin, stdout, settings = {}, isSpoken = false} = parts;
		const hasMouse = settings.mouse ?? true;
		this.stage = new TerminalStage({
			stdin,
			stdout,
			prepare: loadLaterParts,
			begin: () => {
				this.turns.begin();
			},
			turn: () => this.turns.turn(),
			catchUp: () => {
				this.turns.catchUp();
			},
			reproduce: () => subject.token,
			mouse: hasMouse,
			isSpoken,
		});
		const {quit, suspend, redraw, copy} = this.stage;
		this.controller = new Controller(
			subject,
			{quit, suspend, redraw, copy, picture: format => this.screen.picture(format)},
			registryOf(views, settings.keys),
		);
		const {layout = {}, theme} = settings;
		this.controller.update({
			...(theme === undefined ? {} : {theme}),
			...(layout.view === undefined ? {} : {view: layout.view}),
			...(layout.picture === undefined ? {} : {extra: layout.picture}),
			...(layout.unfolded === undefined ? {} : {unfolded: layout.unfolded}),
		});
		const Screen = isSpoken ? speaking().SpokenScreen : DeskScreen;
		this.screen = new Screen({
			controller: this.controller,
			capabilities,
			clock,
			size: terminalSize(stdout),
			hasMouse,
		});
		this.turns = new Turns({subject, controller: this.controller, screen: this.screen, clock, fps: parts.fps});
	}

	/** Opens the dashboard; returns when the user has left it. */
	async run(): Promise<void> {
		const {subject, stdout} = this.parts;
		await this.stage.show(this.screen);
		this.controller.attend(false);
		if (subject.parting !== undefined) {
			stdout.write(`${subject.parting}\n`);
		}
	}
}
