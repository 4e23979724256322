import {type HelpColumn} from '../command.js';
import {nextTheme} from '../commands.js';
import {type RecordingController} from './recording-controller.js';

/** Something that a key does while a recording is looked at. */
export type RecordingCommand = {
	readonly id: string;
	readonly label: string;
	readonly column: HelpColumn;
	readonly run: (controller: RecordingController) => void;
};

/** A step of the arrows, as a share of what is shown. */
const step = 1 / 8;

function stepOf({columns}: RecordingController): number {
	return Math.max(1, Math.round(columns * step));
}

/** Everything that a key does in `vqlab view`. Help and hints are drawn from it. */
export const recordingCommands: readonly RecordingCommand[] = ([
	['view.overview', 'overview', 'view', controller => {
		controller.update({view: 'overview'});
	}],
	['view.latency', 'latency', 'view', controller => {
		controller.update({view: 'latency'});
	}],
	['recording.left', 'scroll back', 'time', controller => {
		controller.scroll(-stepOf(controller));
	}],
	['recording.right', 'scroll forward', 'time', controller => {
		controller.scroll(stepOf(controller));
	}],
	['history.back', 'back one column', 'time', controller => {
		controller.scroll(-1);
	}],
	['history.forward', 'forward one column', 'time', controller => {
		controller.scroll(1);
	}],
	['history.pageBack', 'back one screen', 'time', controller => {
		controller.scroll(-controller.columns);
	}],
	['history.pageForward', 'forward one screen', 'time', controller => {
		controller.scroll(controller.columns);
	}],
	['recording.start', 'to the start', 'time', controller => {
		controller.scroll(-Infinity);
	}],
	['history.live', 'to the newest', 'time', controller => {
		controller.update({end: undefined});
	}],
	['chart.zoomIn', 'zoom in', 'time', controller => {
		controller.zoom(-1);
	}],
	['chart.zoomOut', 'zoom out', 'time', controller => {
		controller.zoom(1);
	}],
	['recording.whole', 'all of it', 'time', controller => {
		controller.showWhole();
	}],
	['time.pause', 'pause, follow', 'time', controller => {
		const {recording, follows, shown} = controller;
		if (recording.isLive && !recording.ended) {
			controller.update({end: follows ? shown.to : undefined});
		} else {
			controller.say('nothing runs: the recording has ended');
		}
	}],
	['help.toggle', 'help', 'everywhere', controller => {
		controller.update({help: true});
	}],
	['overlay.close', 'close', 'none', controller => {
		controller.update({help: false});
	}],
	['look.theme', 'next theme', 'everywhere', controller => {
		const theme = nextTheme(controller.state.theme);
		controller.update({theme});
		controller.say(`theme ${theme}`);
	}],
	['look.redraw', 'redraw', 'everywhere', ({services}) => {
		services.redraw();
	}],
	['app.suspend', 'suspend', 'everywhere', ({services}) => {
		services.suspend();
	}],
	['app.quit', 'quit', 'everywhere', ({services}) => {
		services.quit();
	}],
] satisfies ReadonlyArray<readonly [string, string, HelpColumn, RecordingCommand['run']]>).map(([id, label, column, run]): RecordingCommand => ({
	id, label, column, run,
}));

const byId: ReadonlyMap<string, RecordingCommand> = new Map(recordingCommands.map(command => [command.id, command]));

export function recordingCommand(id: string): RecordingCommand | undefined {
	return byId.get(id);
}
