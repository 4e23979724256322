import {type Controller, type DeskCommand} from './controller.js';
import {moveIndex} from './interface-state.js';
import {type Direction} from './parameter-ladder.js';
import {groupOf, listedKeys} from './parameter-list.js';
import {ofRun} from './run-command.js';
import {type Session} from './session.js';

/** The keys in the order of the list. */
function keys({state}: Controller, {configuration, relevant}: Session): readonly string[] {
	const {filter, unfolded, order} = state;
	return listedKeys({filter: filter?.text ?? '', relevant, unfolded, order}, configuration);
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

/** Shows a group whole, or only its name. */
function fold(controller: Controller, name: string, open: boolean): void {
	const others = controller.state.unfolded.filter(group => group !== name);
	controller.update({unfolded: open ? [...others, name] : others});
}

function nudge(controller: Controller, session: Session, direction: Direction): void {
	const key = selectedKey(controller, session);
	const group = groupOf(key ?? '');
	if (group !== undefined) {
		fold(controller, group, direction > 0);
	} else if (key !== undefined) {
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
			const group = groupOf(key ?? '');
			if (group !== undefined) {
				fold(controller, group, !controller.state.unfolded.includes(group));
			} else if (key !== undefined) {
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
			if (key !== undefined && groupOf(key) === undefined) {
				controller.say(session.restoreDefault(key) ?? 'it is what the preset says');
			}
		},
	}),
	ofRun({
		id: 'params.pageUp',
		label: 'ten parameters up',
		column: 'view',
		run(controller, {session}) {
			select(controller, session, -10);
		},
	}),
	ofRun({
		id: 'params.pageDown',
		label: 'ten parameters down',
		column: 'view',
		run(controller, {session}) {
			select(controller, session, 10);
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
