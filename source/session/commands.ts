import {type Controller, type DeskCommand, type DeskView} from './controller.js';
import {compareCommands} from './commands-compare.js';
import {exportCommands} from './commands-export.js';
import {keepingCommands} from './commands-keeping.js';
import {lessonCommands} from './commands-lessons.js';
import {historyCommands} from './commands-history.js';
import {overlayCommands} from './commands-overlays.js';
import {parameterCommands} from './commands-parameters.js';
import {keysOf} from './key-table.js';
import {type OwnKeys} from './own-keys.js';
import {Registry} from './registry.js';
import {missingWords} from './missing-words.js';
import {ofRun} from './run-command.js';
import {type ExtraPicture} from './snapshot.js';
import {fullSpeed} from './speed.js';
import {applicationCommands} from './commands-application.js';

function zoom(controller: Controller, by: -1 | 1): void {
	const {view, stretch} = controller;
	if (view.zoom === undefined) {
		stretch.zoom(by);
	} else {
		view.zoom(controller, by);
	}
}

const timeCommands: readonly DeskCommand[] = [
	{
		id: 'time.pause',
		label: 'pause, run',
		column: 'time',
		run(controller) {
			const {subject, stretch} = controller;
			if (subject.run !== undefined) {
				subject.run.session.togglePause();
			} else if (subject.grows) {
				stretch.toggleFollow();
			} else {
				controller.say('nothing runs: the recording has ended');
			}
		},
	},
	ofRun({
		id: 'time.stepEvent',
		label: 'step one event',
		column: 'time',
		run(controller, {session}) {
			controller.say(session.stepEvent());
		},
	}),
	ofRun({
		id: 'time.stepCommand',
		label: 'step one command',
		column: 'time',
		run(controller, {session}) {
			controller.say(session.stepCommand() ?? 'no command was answered yet: press again to go on');
		},
	}),
	ofRun({
		id: 'time.stepFrame',
		label: 'step one frame',
		column: 'time',
		run({state}, {session}) {
			session.stepFrame(state.column);
		},
	}),
	ofRun({
		id: 'time.faster',
		label: 'faster',
		column: 'time',
		run(_, {session}) {
			session.faster();
		},
	}),
	ofRun({
		id: 'time.slower',
		label: 'slower',
		column: 'time',
		run(_, {session}) {
			session.slower();
		},
	}),
	ofRun({
		id: 'time.max',
		label: 'as fast as it goes',
		column: 'time',
		run(_, {session}) {
			session.setSpeed(fullSpeed);
		},
	}),
	{
		id: 'chart.zoomIn',
		label: 'zoom in',
		column: 'time',
		run(controller) {
			zoom(controller, -1);
		},
	},
	{
		id: 'chart.zoomOut',
		label: 'zoom out',
		column: 'time',
		run(controller) {
			zoom(controller, 1);
		},
	},
	ofRun({
		id: 'metrics.reset',
		label: 'restart the window',
		column: 'time',
		run(_, {session}) {
			session.restartWindow();
		},
	}),
];

const pictures: readonly ExtraPicture[] = ['lock', 'frames', 'none'];

const adviceCommands: readonly DeskCommand[] = [
	ofRun({
		id: 'advice.apply',
		label: 'apply the advice',
		column: 'everywhere',
		run(controller, {session}) {
			const advised = controller.view.advises?.(controller) ?? session.advised;
			if (advised === null) {
				controller.say('there is no advice yet: a verdict stands first');
				return;
			}

			controller.update({selected: Object.keys(advised).at(0) ?? controller.state.selected});
			const effect = session.change(advised);
			controller.say(effect ?? `applied: ${keysOf('edit.undo', 'global')[0] ?? ''} takes it back`);
		},
	}),
	ofRun({
		id: 'extra.next',
		label: 'lock, frames, none',
		column: 'view',
		run(controller) {
			const {extra} = controller.state;
			controller.update({
				extra: pictures[(extra === undefined ? 0 : pictures.indexOf(extra) + 1) % pictures.length],
			});
		},
	}),
];

/** The focus goes on to the next panel of the view. */
function focusPanel(controller: Controller, by: 1 | -1): void {
	const panels = controller.view.panels?.(controller) ?? [];
	const index = panels.indexOf(controller.state.panel);
	controller.update({panel: panels[(index + by + panels.length) % panels.length] ?? controller.state.panel});
}

const panelCommands: readonly DeskCommand[] = (
	[
		[
			'panel.next',
			'next panel',
			controller => {
				focusPanel(controller, 1);
			},
		],
		[
			'panel.previous',
			'previous panel',
			controller => {
				focusPanel(controller, -1);
			},
		],
		[
			'panel.zoom',
			'panel full screen',
			controller => {
				controller.update({isZoomed: !controller.state.isZoomed});
			},
		],
	] satisfies ReadonlyArray<readonly [string, string, (controller: Controller) => void]>
).map(([id, label, run]): DeskCommand => ({
	id,
	label,
	column: 'everywhere',
	can: controller => (controller.view.panels?.(controller).length ?? 0) > 0,
	run,
}));

/** What every view has. */
const commands: readonly DeskCommand[] = [
	...parameterCommands,
	...overlayCommands,
	...timeCommands,
	...historyCommands,
	...compareCommands,
	...exportCommands,
	...adviceCommands,
	...keepingCommands,
	...lessonCommands,
	...panelCommands,
	...applicationCommands,
];

/** Goes to a view; offered where there is another one to come from. */
function visit(view: DeskView): DeskCommand {
	return {
		id: `view.${view.id}`,
		label: view.title,
		column: 'view',
		can: ({tabs}) => tabs.length > 1 && tabs.includes(view),
		refusal: ({subject, tabs}) => (tabs.includes(view) ? undefined : missingWords(view, subject)),
		run(controller) {
			controller.update({view: view.id});
		},
	};
}

/**
Everything that a key does in a laboratory of these views. Help, hints and
the palette are drawn from it.
*/
export function registryOf(views: readonly DeskView[], own: OwnKeys = {}): Registry<Controller> {
	return new Registry(views, commands, visit, own);
}
