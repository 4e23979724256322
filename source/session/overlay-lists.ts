import {type Controller} from './controller.js';
import {moveIndex} from './interface-state.js';
import {laterPart} from './later-part.js';
import {loadPreset} from './load-preset.js';
import {type PresetSummary} from './preset-shelf.js';
import {type RunParts} from './subject.js';
import {overlayOf} from './overlay-of.js';

const entries = laterPart(async () => import('./palette-entries.js'));

/** Presets that the picker shows under its filter. */
export function pickerMatches(presets: readonly PresetSummary[], filter: string): readonly PresetSummary[] {
	const wanted = filter.trim().toLowerCase();
	return presets.filter(preset =>
		[preset.name, preset.title, preset.theme, preset.story].some(text => text.toLowerCase().includes(wanted)),
	);
}

/** Moves the choice of a list, or what is scrolled, by so many rows. */
export function moveInList(controller: Controller, by: number): void {
	const picker = overlayOf(controller, 'picker');
	if (picker !== undefined) {
		const count = pickerMatches(controller.presetList, picker.filter).length;
		controller.update({overlay: {...picker, index: moveIndex(picker.index, by, count)}});
	}

	const lessons = overlayOf(controller, 'lessons');
	if (lessons !== undefined) {
		const count = controller.tour.shelf?.lessons.length ?? 0;
		controller.update({overlay: {...lessons, index: moveIndex(lessons.index, by, count)}});
	}

	const palette = overlayOf(controller, 'palette');
	if (palette !== undefined) {
		controller.update({
			overlay: {
				...palette,
				index: moveIndex(palette.index, by, entries().paletteChoices(controller, palette.text).length),
			},
		});
	}

	const {overlay} = controller.state;
	if (overlay !== undefined && 'scroll' in overlay) {
		controller.update({overlay: {...overlay, scroll: moveIndex(overlay.scroll, by, controller.scrollLimit + 1)}});
	}
}

/** Loads the preset that is chosen in the picker. */
export function choosePreset(controller: Controller, run: RunParts): void {
	const picker = overlayOf(controller, 'picker');
	const chosen = picker === undefined ? undefined : pickerMatches(controller.presetList, picker.filter)[picker.index];
	if (chosen === undefined) {
		return;
	}

	loadPreset(controller, run, chosen.name);
}
