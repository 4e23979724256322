import {type Configuration} from '../simulation/configuration.js';
import {type Command} from './command.js';
import {type Controller} from './controller.js';
import {moveIndex} from './interface-state.js';
import {type Direction} from './parameter-ladder.js';
import {listParameters} from './parameter-list.js';

type Listed = {readonly filter: string; readonly configuration: Configuration; readonly keys: readonly string[]};

let listed: Listed | undefined;

/** The keys in the order of the list; kept, because a key that is held down asks for the same list again and again. */
function keys(controller: Controller): readonly string[] {
	const filter = controller.state.filter?.text ?? '';
	const {configuration} = controller.session;
	if (listed?.filter !== filter || listed.configuration !== configuration) {
		listed = {filter, configuration, keys: listParameters(filter, configuration).map(entry => entry.key)};
	}

	return listed.keys;
}

/** The selected key; the first when the filter hides the selected one. */
export function selectedKey(controller: Controller): string | undefined {
	const shown = keys(controller);
	return shown.includes(controller.state.selected) ? controller.state.selected : shown[0];
}

function select(controller: Controller, by: number): void {
	const shown = keys(controller);
	const current = shown.indexOf(selectedKey(controller) ?? '');
	const selected = shown[moveIndex(current, by, shown.length)];
	if (selected !== undefined) {
		controller.update({selected});
	}
}

function nudge(controller: Controller, direction: Direction): void {
	const key = selectedKey(controller);
	if (key !== undefined) {
		controller.update({selected: key});
		controller.say(controller.session.nudge(key, direction));
	}
}

/** Selecting and changing parameters in the list. */
export const parameterCommands: readonly Command[] = [
	{
		id: 'params.previous', label: 'previous parameter', column: 'view', run(controller) {
			select(controller, -1);
		},
	},
	{
		id: 'params.next', label: 'next parameter', column: 'view', run(controller) {
			select(controller, 1);
		},
	},
	{
		id: 'params.decrease', label: 'previous value', column: 'view', run(controller) {
			nudge(controller, -1);
		},
	},
	{
		id: 'params.increase', label: 'next value', column: 'view', run(controller) {
			nudge(controller, 1);
		},
	},
	{
		id: 'params.edit', label: 'type a value', column: 'view', run(controller) {
			const key = selectedKey(controller);
			if (key !== undefined) {
				controller.update({
					selected: key, overlay: {
						kind: 'editor', key, text: '', error: undefined,
					},
				});
			}
		},
	},
	{
		id: 'params.default', label: 'back to the preset', column: 'view', run(controller) {
			const key = selectedKey(controller);
			if (key !== undefined) {
				controller.say(controller.session.restoreDefault(key));
			}
		},
	},
	{
		id: 'params.first', label: 'first parameter', column: 'view', run(controller) {
			select(controller, -Infinity);
		},
	},
	{
		id: 'params.last', label: 'last parameter', column: 'view', run(controller) {
			select(controller, Infinity);
		},
	},
];
