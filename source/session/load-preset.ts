import {type Controller} from './controller.js';
import {type RunParts} from './subject.js';

/** Replaces the run by that of a preset; undo brings it back. Throws `UserError`. */
export function loadPreset(controller: Controller, {session, shelf}: RunParts, name: string): void {
	const preset = shelf.load(name);
	controller.update({overlay: undefined});
	session.load(preset);
	controller.update({column: controller.subject.firstColumn});
	controller.say(`${preset.name}: a new run from t = 0; u brings the last one back`);
}
