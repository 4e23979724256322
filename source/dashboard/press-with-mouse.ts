import {type Canvas} from '../charts/canvas.js';
import {type Controller} from '../session/controller.js';
import {pressLink} from '../session/link.js';
import {type TerminalInput} from '../terminal/keys/terminal-input.js';

type Mouse = Extract<TerminalInput, {readonly kind: 'mouse'}>;

/** Rows that a notch of the wheel goes by. */
const notch = 3;

/**
Does what a press or the wheel means over the screen that was drawn last. A press does what lies
there says (`session/link.ts`); the wheel presses the arrows, where they do something.
*/
export function pressWithMouse(controller: Controller, {what, x, y}: Mouse, canvas: Canvas | undefined): void {
	if (what === 'press') {
		const link = canvas?.partAt(x, y)?.link;
		if (link !== undefined) {
			controller.update({notice: undefined});
			pressLink(controller, link);
		}

		return;
	}

	const key = what === 'wheelUp' ? 'up' : 'down';
	for (let times = 0; times < notch && controller.means(key); times++) {
		controller.press(key);
	}
}
