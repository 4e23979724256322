import {AxisMemory} from '../charts/axis-memory.js';
import {type Canvas} from '../charts/canvas.js';
import {registryOf} from '../session/commands.js';
import {Controller} from '../session/controller.js';
import {type ThemeName} from '../session/interface-state.js';
import {type Subject} from '../session/subject.js';
import {type Size} from '../terminal/size.js';
import {views} from '../views/list.js';
import {composeScreen} from './compose-screen.js';
import {fitDesk} from './fit-desk.js';
import {openOverlay} from './overlays/open-overlay.js';

/** Longer than any number or verdict waits to be shown, ms of wall time. */
const settling = 5000;

/**
A wall clock that stands still until it is told otherwise: what is
shown depends on the subject alone.
*/
export class StillClock {
	private now = 0;
	/** ms. */
	readonly read = (): number => this.now;

	/** Lets so many ms pass. */
	pass(milliseconds: number): void {
		this.now += milliseconds;
	}
}

export type StillParts = {
	readonly subject: Subject;
	/** The one that the subject has. */
	readonly clock: StillClock;
	readonly size: Size;
	readonly ascii: boolean;
	readonly theme: ThemeName;
};

/** There is no terminal to leave or to draw anew. */
const nothing = (): void => undefined;

/** The dashboard without a terminal: its screen at a moment, the same cells on every machine. */
export class StillDesk {
	readonly controller: Controller;

	constructor(private readonly parts: StillParts) {
		this.controller = new Controller(
			parts.subject,
			{quit: nothing, suspend: nothing, redraw: nothing},
			registryOf(views),
		);
		this.controller.update({theme: parts.theme});
		fitDesk(this.controller, parts.size);
	}

	/** Shows what is now for so long that every number and the verdict are those of now. */
	settle(): void {
		const {controller, parts} = this;
		controller.look();
		parts.clock.pass(settling);
		controller.look();
	}

	/** The whole screen, one row lower than the terminal, with all that it asks for of the past. */
	draw(): Canvas {
		let canvas = this.compose();
		while (this.parts.subject.makeAsked?.() === true) {
			canvas = this.compose();
		}

		return canvas;
	}

	private compose(): Canvas {
		const {controller, parts} = this;
		const {subject, size, ascii, clock} = parts;
		while (subject.kind === 'recording' && subject.advance(0, false) === 'behind') {
			// A model beside a recording is simulated to its end.
		}

		return composeScreen(controller.look(), {
			...size,
			ascii,
			axes: new AxisMemory(),
			now: clock.read(),
			desk: controller,
			overlay: openOverlay(controller),
		}).canvas;
	}
}
