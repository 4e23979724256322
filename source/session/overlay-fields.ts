import {parameter} from '../simulation/parameters/table.js';
import {parseValue} from '../parameters/value.js';
import {type Controller} from './controller.js';
import {neighbourValue, type Direction} from './parameter-ladder.js';
import {shortValue} from './parameter-list.js';
import {type Session} from './session.js';
import {completeText} from './text-field.js';
import {overlayOf} from './overlay-of.js';

/** The field's value (or the present one) times two or by two, by the parameter's own ladder. */
export function scaleField(controller: Controller, session: Session, direction: Direction): void {
	const editor = overlayOf(controller, 'editor');
	if (editor === undefined) {
		return;
	}

	const entry = parameter(editor.key);
	const value = editor.text.trim() === '' ? session.valueOf(editor.key) : parseValue(entry, editor.text);
	if (value !== undefined) {
		controller.update({
			overlay: {...editor, text: shortValue(entry, neighbourValue(entry, value, direction)), error: undefined},
		});
	}
}

/** Completes what is typed to a value of the parameter. */
export function completeField(controller: Controller): void {
	const editor = overlayOf(controller, 'editor');
	if (editor === undefined) {
		return;
	}

	const entry = parameter(editor.key);
	const candidates =
		entry.type === 'choice'
			? entry.choices.map(choice => choice.value)
			: entry.type === 'boolean'
				? ['on', 'off']
				: [controller.textOf(editor.key)];
	controller.update({overlay: {...editor, text: completeText(editor.text, candidates)}});
}

/** Empties the field that is open. */
export function clearField(controller: Controller): void {
	const {overlay, filter} = controller.state;
	if (overlay === undefined) {
		controller.update({filter: filter === undefined ? undefined : {...filter, text: ''}});
	} else if ('text' in overlay) {
		controller.update({overlay: {...overlay, text: '', error: undefined}});
	} else if (overlay.kind === 'picker') {
		controller.update({overlay: {...overlay, filter: '', index: 0}});
	}
}
