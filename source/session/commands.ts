import {type Command} from './command.js';
import {type Controller} from './controller.js';
import {parameterCommands} from './commands-parameters.js';
import {exportCommands} from './commands-export.js';
import {overlayCommands} from './commands-overlays.js';
import {fullSpeed} from './speed.js';
import {type ThemeName} from './interface-state.js';

const themes: readonly ThemeName[] = ['native', 'night', 'paper'];
export function nextTheme(theme: ThemeName): ThemeName {
	return themes[(themes.indexOf(theme) + 1) % themes.length];
}

/** Lengths of a chart column, ns: 1-2-5 from 1 ms to 1 s. */
const zoomSteps = [1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9];

function zoom(controller: Controller, by: number): void {
	const index = zoomSteps.indexOf(controller.state.column) + by;
	controller.update({column: zoomSteps[Math.max(0, Math.min(zoomSteps.length - 1, index))]});
}

const timeCommands: readonly Command[] = [
	{
		id: 'time.pause', label: 'pause, run', column: 'time', run({session}) {
			session.togglePause();
		},
	},
	{
		id: 'time.stepEvent', label: 'step one event', column: 'time', run({session}) {
			session.stepEvent();
		},
	},
	{
		id: 'time.stepCommand', label: 'step one command', column: 'time', run(controller) {
			if (!controller.session.stepCommand()) {
				controller.say('no command was answered yet: press again to go on');
			}
		},
	},
	{
		id: 'time.stepFrame', label: 'step one frame', column: 'time', run({session, state}) {
			session.stepFrame(state.column);
		},
	},
	{
		id: 'time.faster', label: 'faster', column: 'time', run({session}) {
			session.faster();
		},
	},
	{
		id: 'time.slower', label: 'slower', column: 'time', run({session}) {
			session.slower();
		},
	},
	{
		id: 'time.max', label: 'as fast as it goes', column: 'time', run({session}) {
			session.setSpeed(fullSpeed);
		},
	},
	{
		id: 'chart.zoomIn', label: 'zoom in', column: 'time', run(controller) {
			zoom(controller, -1);
		},
	},
	{
		id: 'chart.zoomOut', label: 'zoom out', column: 'time', run(controller) {
			zoom(controller, 1);
		},
	},
	{
		id: 'metrics.reset', label: 'restart the window', column: 'time', run({session}) {
			session.restartWindow();
		},
	},
];

const applicationCommands: readonly Command[] = [
	{
		id: 'edit.undo', label: 'undo', column: 'everywhere', run(controller) {
			if (!controller.session.undo()) {
				controller.say('nothing to undo');
			}
		},
	},
	{
		id: 'edit.redo', label: 'redo', column: 'everywhere', run(controller) {
			if (!controller.session.redo()) {
				controller.say('nothing to redo');
			}
		},
	},
	{
		id: 'look.theme', label: 'next theme', column: 'everywhere', run(controller) {
			const theme = nextTheme(controller.state.theme);
			controller.update({theme});
			controller.say(`theme ${theme}`);
		},
	},
	{
		id: 'look.redraw', label: 'redraw', column: 'everywhere', run({services}) {
			services.redraw();
		},
	},
	{
		id: 'app.suspend', label: 'suspend', column: 'everywhere', run({services}) {
			services.suspend();
		},
	},
	{
		id: 'app.back', label: 'close, back', column: 'everywhere', run(controller) {
			controller.update({filter: undefined});
		},
	},
	{
		id: 'app.quit', label: 'quit', column: 'everywhere', run({services}) {
			services.quit();
		},
	},
];

/** Everything that a key does. Help, hints and the palette are drawn from it. */
export const commands: readonly Command[] = [...parameterCommands, ...overlayCommands, ...timeCommands, ...exportCommands, ...applicationCommands];

const byId: ReadonlyMap<string, Command> = new Map(commands.map(command => [command.id, command]));

export function commandById(id: string): Command | undefined {
	return byId.get(id);
}
