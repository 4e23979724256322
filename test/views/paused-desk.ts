import {type Controller} from '../../source/session/controller.js';
import {frameOf} from '../screens/render-screen.js';
import {runDesk, sessionOf, shippedPreset} from '../session/small-run.js';

/**
A desk over a preset that ships, paused at a time (ns); its screen is drawn when all of it is there.
*/
export function pausedDesk(name: string, time: number) {
	const session = sessionOf(shippedPreset(name));
	session.run.timeline.advance(time);
	session.togglePause();
	const {controller} = runDesk(session);
	return {
		controller,
		session,
		/** Presses keys; the rows of text after the last of them. */
		press(keys: readonly string[], columns = 120, rows = 36, ascii = false): readonly string[] {
			for (const key of keys) {
				drawn(controller, columns, rows, ascii);
				controller.press(key);
			}

			return drawn(controller, columns, rows, ascii);
		},
	};
}

/** A screen without what is still being made. */
export function drawn(controller: Controller, columns: number, rows: number, ascii = false): readonly string[] {
	const frame = () =>
		frameOf(controller.look(), columns, rows, controller, {
			ascii,
			...(controller.state.notice === undefined ? {} : {notice: controller.state.notice}),
		}).rows;
	let shown = frame();
	while (controller.subject.makeAsked?.() === true) {
		// What is asked for next may depend on what has come.
		shown = frame();
	}

	return shown;
}
