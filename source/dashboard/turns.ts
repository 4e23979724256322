import {type Controller} from '../session/controller.js';
import {type Subject} from '../session/subject.js';

export type TurnParts = {
	readonly subject: Pick<Subject, 'advance' | 'rests'>;
	readonly controller: Pick<Controller, 'attend' | 'held' | 'view' | 'work' | 'working'>;
	readonly screen: {readonly tooSmall: boolean; refresh(): boolean};
	/** Wall clock, ms. */
	readonly clock: () => number;
	readonly fps: number;
};

/** An export works so long between two looks at the keys, ms, in pieces of so many events. */
const workTime = 20;
const workEvents = 500;
/** Time passes in steps no longer than this, ms of wall time: the pacer forgives no more. */
const longestWait = 100;
/**
A screen of something at rest that has not changed for so long stays as it is, ms of wall time.
*/
const settling = 5000;

/**
The turns of a dashboard: in each a slice of the subject and, when it is due, a frame. Who calls
them is told when the next is due; at rest there is none.
*/
export class Turns {
	private lastSlice = 0;
	private lastChange = 0;
	/** When the next frame is due, ms. */
	private frameDue = 0;

	constructor(private readonly parts: TurnParts) {}

	/** Time passes from here on. */
	begin(): void {
		const now = this.parts.clock();
		this.lastSlice = now;
		this.lastChange = now;
		this.frameDue = now;
	}

	/** Lets the time pass that has gone by since the last turn: an input comes before the next. */
	catchUp(): void {
		const now = this.parts.clock();
		this.advance(now);
		this.lastChange = now;
	}

	/**
	A slice and perhaps a frame; ms until the next turn is due, Infinity: not before an input.
	*/
	turn(): number {
		const {controller, screen, clock, fps} = this.parts;
		const now = clock();
		const isBehind = this.advance(now);
		controller.attend(true);
		while (controller.working && clock() - now < workTime) {
			controller.work(workEvents);
		}

		if (now >= this.frameDue) {
			// In step with the clock; frames that could not be made are left out.
			const period = 1000 / fps;
			this.frameDue += period * (Math.floor((now - this.frameDue) / period) + 1);
			if (screen.refresh()) {
				this.lastChange = now;
			}
		}

		if (isBehind || controller.working) {
			return 0;
		}

		return this.isStill ? Infinity : Math.min(longestWait, Math.max(1, this.frameDue - clock()));
	}

	/** The screen stays as it is until somebody does something. */
	private get isStill(): boolean {
		const {subject, controller, screen} = this.parts;
		const rests = controller.held || screen.tooSmall || subject.rests;
		// What a view has done elsewhere comes by itself.
		return rests && controller.view.attend === undefined && this.lastSlice - this.lastChange >= settling;
	}

	/** Lets time pass in the subject up to now; whether it has more to do at once. */
	private advance(now: number): boolean {
		const {subject, controller, screen} = this.parts;
		const pace = subject.advance(now - this.lastSlice, controller.held || screen.tooSmall);
		this.lastSlice = now;
		return pace === 'behind';
	}
}
