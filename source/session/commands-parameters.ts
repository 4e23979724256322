import {type Configuration} from '../simulation/configuration.js';
import {type Controller, type DeskCommand} from './controller.js';
import {moveIndex} from './interface-state.js';
import {type Direction} from './parameter-ladder.js';
import {listParameters} from './parameter-list.js';
import {ofRun} from './run-command.js';
import {type Session} from './session.js';

type Listed = {readonly filter: string; readonly configuration: Configuration; readonly keys: readonly string[]};

let listed: Listed | undefined;

/** The keys in the order of the list; kept, because a key that is held down asks for the same list again and again. */
function keys({state}: Controller, {configuration}: Session): readonly string[] {
	const filter = state.filter?.text ?? '';
	if (listed?.filter !== filter || listed.configuration !== configuration) {
		listed = {filter, configuration, keys: listParameters(filter, configuration).map(entry => entry.key)};
	}

	return listed.keys;
}

/** The selected key; the first when the filter hides the selected one. */
function selectedKey(controller: Controller, session: Session): string | undefined {
	const shown = keys(controller, session);
	return shown.includes(controller.state.selected) ? controller.state.selected : shown[0];
}

function select(controller: Controller, session: Session, by: number): void {
	const shown = keys(controller, session);
	const current = shown.indexOf(selectedKey(controller, session) ?? '');
	const selected = shown[moveIndex(current, by, shown.length)];
	if (selected !== undefined) {
		controller.update({selected});
	}
}

function nudge(controller: Controller, session: Session, direction: Direction): void {
	const key = selectedKey(controller, session);
	if (key !== undefined) {
		controller.update({selected: key});
		controller.say(session.nudge(key, direction));
	}
}

/** Selecting and changing parameters in the list. */
export const parameterCommands: readonly DeskCommand[] = [
	ofRun({
		id: 'params.previous',
		label: 'previous parameter',
		column: 'view',
		run(controller, {session}) {
			select(controller, session, -1);
		},
	}),
	ofRun({
		id: 'params.next',
		label: 'next parameter',
		column: 'view',
		run(controller, {session}) {
			select(controller, session, 1);
		},
	}),
	ofRun({
		id: 'params.decrease',
		label: 'previous value',
		column: 'view',
		run(controller, {session}) {
			nudge(controller, session, -1);
		},
	}),
	ofRun({
		id: 'params.increase',
		label: 'next value',
		column: 'view',
		run(controller, {session}) {
			nudge(controller, session, 1);
		},
	}),
	ofRun({
		id: 'params.edit',
		label: 'type a value',
		column: 'view',
		run(controller, {session}) {
			const key = selectedKey(controller, session);
			if (key !== undefined) {
				controller.update({
					selected: key,
					overlay: {
						kind: 'editor',
						key,
						text: '',
						error: undefined,
					},
				});
			}
		},
	}),
	ofRun({
		id: 'params.default',
		label: 'back to the preset',
		column: 'view',
		run(controller, {session}) {
			const key = selectedKey(controller, session);
			if (key !== undefined) {
				controller.say(session.restoreDefault(key));
			}
		},
	}),
	ofRun({
		id: 'params.first',
		label: 'first parameter',
		column: 'view',
		run(controller, {session}) {
			select(controller, session, -Infinity);
		},
	}),
	ofRun({
		id: 'params.last',
		label: 'last parameter',
		column: 'view',
		run(controller, {session}) {
			select(controller, session, Infinity);
		},
	}),
];
