import {AxisMemory} from '../charts/axis-memory.js';
import {type Canvas} from '../charts/canvas.js';
import {type Controller, type ScreenFormat} from '../session/controller.js';
import {type Notice} from '../session/interface-state.js';
import {type Capabilities} from '../terminal/capabilities.js';
import {type TerminalInput} from '../terminal/keys/terminal-input.js';
import {type Size} from '../terminal/size.js';
import {type Frame} from './components/screen-view.js';
import {composeScreen} from './compose-screen.js';
import {fitDesk} from './fit-desk.js';
import {FrameFeed, SteadyQueues} from './frame-feed.js';
import {openOverlay} from './overlays/open-overlay.js';
import {type StageView} from './stage-parts.js';
import {writtenPicture} from './written-picture.js';
import {themeOf} from './theme.js';
import {pressWithMouse} from './press-with-mouse.js';
import {isTooSmall} from './too-small.js';

export type ScreenParts = {
	readonly controller: Controller;
	readonly capabilities: Capabilities;
	/** Wall clock, ms. */
	readonly clock: () => number;
	readonly size: Size;
	/** What is pressed is looked up in the frame that was drawn. */
	readonly hasMouse?: boolean;
};

/** Wall time for which a notice stands that goes by itself, ms. */
const briefTime = 2000;

/** The screen as it is now, outside React: makes its frames from snapshots of the subject. */
export class DeskScreen implements StageView {
	private size: Size;
	private readonly axes = new AxisMemory();
	private readonly queues = new SteadyQueues();
	private readonly feed: FrameFeed;
	private notice: Notice | undefined;
	private noticeSince = 0;
	/** The last frame that was drawn, for what is pressed. */
	private canvas: Canvas | undefined;
	/** What the axes were made for. */
	private axesOf: unknown;

	constructor(private readonly parts: ScreenParts) {
		this.size = parts.size;
		this.fit();
		this.feed = new FrameFeed(() => this.compose());
	}

	get frame(): Frame {
		return this.feed.frame;
	}

	/** Nothing can be seen: a run waits. */
	get tooSmall(): boolean {
		return isTooSmall(this.size.columns, this.size.rows);
	}

	resize(size: Size): void {
		this.size = size;
		this.fit();
		this.feed.redraw();
	}

	subscribe(listener: () => void): () => void {
		return this.feed.subscribe(listener);
	}

	/** Does what a key or a paste asks for, without drawing: many may come at once. */
	take(input: TerminalInput): void {
		const {controller, hasMouse = false} = this.parts;
		switch (input.kind) {
			case 'key': {
				controller.press(input.name);
				break;
			}

			case 'paste': {
				controller.paste(input.text);
				break;
			}

			case 'mouse': {
				if (hasMouse) {
					pressWithMouse(controller, input, this.canvas);
				}

				break;
			}
		}
	}

	press(key: string): void {
		this.take({kind: 'key', name: key});
		this.refresh();
	}

	/** Draws what is now; returns whether anything visible has changed. */
	refresh(): boolean {
		this.expireNotice();
		return this.feed.refresh();
	}

	/** What was only said for a moment goes after two seconds. */
	private expireNotice(): void {
		const {controller, clock} = this.parts;
		const {notice} = controller.state;
		if (notice !== this.notice) {
			this.notice = notice;
			this.noticeSince = clock();
		} else if (notice?.brief === true && clock() - this.noticeSince >= briefTime) {
			controller.update({notice: undefined});
		}
	}

	/** The screen without what lies over it, as a file. */
	picture(format: ScreenFormat): string {
		const {controller, capabilities, clock} = this.parts;
		const {theme} = controller.state;
		const {canvas} = composeScreen(controller.look(), {
			...this.size,
			ascii: !capabilities.unicode,
			axes: this.axes,
			now: clock(),
			desk: controller,
			overlay: undefined,
		});
		const title = `vqlab ${controller.view.title}: ${controller.subject.name}`;
		return writtenPicture(canvas, {format, theme, colored: capabilities.color !== 'none', title});
	}

	private fit(): void {
		fitDesk(this.parts.controller, this.size);
	}

	private compose(): Frame {
		const {controller, capabilities, clock} = this.parts;
		const {columns, rows} = this.size;
		const snapshot = controller.look();
		if (snapshot.axes !== this.axesOf) {
			this.axesOf = snapshot.axes;
			this.axes.clear();
		}

		const {canvas, table, cover} = composeScreen(snapshot, {
			columns,
			rows,
			ascii: !capabilities.unicode,
			axes: this.axes,
			now: clock(),
			desk: controller,
			overlay: openOverlay(controller),
		});
		this.canvas = canvas;
		const theme = themeOf(controller.state.theme, capabilities.color);
		return {
			width: canvas.width,
			rows: canvas.paint(theme),
			table: table && {
				rect: table,
				queues: this.queues.of(snapshot.queues),
				headLook: theme.looks.dim,
				cellLook: theme.looks.text,
			},
			cover: cover && {rect: cover, rows: canvas.paint(theme, cover)},
		};
	}
}
