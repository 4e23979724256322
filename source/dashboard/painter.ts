import {setTimeout as passing} from 'node:timers/promises';

/** Puts what a view shows on a terminal. */
export type Painter<View> = {
	/** Takes the screen, where it needs one of its own. */
	enter(): void;
	/** Gives it back; whether the terminal has taken that. Must not fail. */
	leave(): boolean;
	/** Takes away what is on it, before it is drawn anew. */
	clear(): void;
	mount(view: View): void;
	unmount(): void;
	/** The view has something new. */
	paint(): void;
};

/** Wall time between two tries at a terminal that does not read, ms. */
const retryInterval = 20;

/**
Ends when the terminal has taken the end of its screen, or there is nothing more to wait for, as
where it is gone. Nobody is in a hurry: one that is slow gets its screen back all the same. A signal
ends the wait for one that does not read at all.
*/
export async function givenBack(painter: Pick<Painter<never>, 'leave'>, isOver: () => boolean): Promise<void> {
	while (!isOver() && !painter.leave()) {
		await passing(retryInterval); // eslint-disable-line no-await-in-loop -- one try after the other
	}
}
