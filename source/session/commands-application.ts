import {type DeskCommand, type Controller} from './controller.js';
import {themeNames, type ThemeName} from './interface-state.js';

/** What concerns the program as a whole. */
export const applicationCommands: readonly DeskCommand[] = [
	{
		id: 'edit.undo',
		label: 'undo',
		column: 'everywhere',
		run(controller) {
			if (!goBack(controller, 'undo')) {
				controller.say('nothing to undo');
			}
		},
	},
	{
		id: 'edit.redo',
		label: 'redo',
		column: 'everywhere',
		run(controller) {
			if (!goBack(controller, 'redo')) {
				controller.say('nothing to redo');
			}
		},
	},
	{
		id: 'look.theme',
		label: 'next theme',
		column: 'everywhere',
		run(controller) {
			const theme = nextTheme(controller.state.theme);
			controller.update({theme});
			controller.say(`theme ${theme}`);
		},
	},
	{
		id: 'look.redraw',
		label: 'redraw',
		column: 'everywhere',
		run({services}) {
			services.redraw();
		},
	},
	{
		id: 'app.suspend',
		label: 'suspend',
		column: 'everywhere',
		run({services}) {
			services.suspend();
		},
	},
	{
		id: 'app.back',
		label: 'close, back',
		column: 'everywhere',
		run(controller) {
			const {state, subject} = controller;
			if (subject.run?.session.giveUp() === true) {
				controller.say('the search was given up');
			} else if (state.isZoomed) {
				controller.update({isZoomed: false});
			} else if (controller.view.back?.(controller) === true) {
				// The view had something to close.
			} else if (state.filter === undefined) {
				subject.run?.session.forgetBefore();
			} else {
				controller.update({filter: undefined});
			}
		},
	},
	{
		id: 'app.quit',
		label: 'quit',
		column: 'everywhere',
		run({services}) {
			services.quit();
		},
	},
];

export function nextTheme(theme: ThemeName): ThemeName {
	return themeNames[(themeNames.indexOf(theme) + 1) % themeNames.length];
}

/** Takes back what was done last: a change of the run, else the last move of what is shown. */
export function goBack({subject, stretch}: Controller, way: 'undo' | 'redo'): boolean {
	return subject.run === undefined ? stretch[way]() : subject.run.session[way]();
}
