import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {type Controller} from './controller.js';
import {paletteChoices} from './palette-entries.js';
import {runPhrase} from './phrases.js';
import {overlayOf, close} from './overlay-of.js';

/** Uses of the palette that are remembered. */
const mostRecent = 20;

/**
Does what the palette's text says: a phrase, the command that is chosen, or a parameter and its
value.
*/
export function runPalette(controller: Controller): void {
	const palette = overlayOf(controller, 'palette');
	if (palette === undefined) {
		return;
	}

	const entry = paletteChoices(controller, palette.text).at(palette.index);
	const wanted = palette.text.trim().toLowerCase();
	const isCommand = entry?.kind === 'command' && wanted.includes(' ') && entry.label.toLowerCase().startsWith(wanted);
	if (!isCommand && runPhrase(controller, palette.text)) {
		close(controller);
		return;
	}

	if (entry !== undefined) {
		close(controller);
		try {
			entry.run(controller);
		} catch (error) {
			// What is wrong is told under the field.
			controller.update({overlay: palette});
			throw error;
		}

		const {recent} = controller.state;
		controller.update({
			recent: [entry.label, ...recent.filter(label => label !== entry.label)].slice(0, mostRecent),
		});
		return;
	}

	const session = controller.subject.run?.session;
	const [, key, value] = /^\s*([^\s=]+)[\s=]+(\S.*)$/v.exec(palette.text) ?? [];
	if (session !== undefined && key !== undefined && value !== undefined) {
		// It says what is wrong with the key or the value.
		controller.setFromText(session, key, value);
		close(controller);
		return;
	}

	const near = nearest(
		palette.text.trim(),
		controller.offered.map(({label}) => label),
	);
	throw new UserError(
		`nothing is called ${JSON.stringify(palette.text)}${near === undefined ? '' : `; did you mean ${near}?`}${session === undefined ? '' : '; a parameter is set by its name and a value: queue 256'}`,
	);
}
