import {cellText} from '../../charts/block.js';
import {type Canvas, type Rect} from '../../charts/canvas.js';
import {type Hint} from '../../session/command.js';
import {pickerMatches} from '../../session/overlay-lists.js';
import {type Controller} from '../../session/controller.js';
import {type Overlay} from '../../session/interface-state.js';
import {explainPage} from '../../session/explain-page.js';
import {type DeskEntry, paletteChoices, paletteCount} from '../../session/palette-entries.js';
import {type PresetSummary} from '../../session/preset-shelf.js';
import {editorOverlay, editorSize} from './editor.js';
import {explainOverlay, explainSize} from './explain.js';
import {exportOverlay, exportSize} from './export.js';
import {helpOverlay, helpSize} from './help.js';
import {paletteOverlay, paletteSize} from './palette.js';
import {pickerOverlay, pickerSize} from './picker.js';
import {lessonsOverlay, lessonsSize} from './lessons.js';
import {overlayPlace, wrapWords} from './place.js';
import {saveOverlay, saveSize, screenOverlay} from './save.js';
import {scrolled} from './scrolled.js';

/** An open overlay with what it shows besides its own state. */
export type OverlayView = {
	readonly overlay: Overlay;
	readonly presets: readonly PresetSummary[];
	readonly matches: readonly DeskEntry[];
	/** The edited parameter's value as it is typed. */
	readonly value: string;
};

/** What an overlay of a desk shows. */
export function overlayView(desk: Controller, overlay: Overlay): OverlayView {
	return {
		overlay,
		presets: overlay.kind === 'picker' ? desk.presetList : [],
		matches: overlay.kind === 'palette' ? paletteChoices(desk, overlay.text) : [],
		value: overlay.kind === 'editor' ? desk.textOf(overlay.key) : '',
	};
}

/** What the key row says under an overlay. */
export const overlayHints: Readonly<Record<Overlay['kind'], readonly Hint[]>> = {
	editor: [
		{commands: ['edit.apply'], words: 'apply'},
		{commands: ['edit.complete'], words: 'complete'},
		{commands: ['edit.double', 'edit.halve'], words: 'next, previous value'},
		{commands: ['edit.clear'], words: 'clear', scope: 'modal:editor'},
		{commands: ['overlay.close'], words: 'cancel', scope: 'modal:editor'},
	],
	picker: [
		{commands: ['list.previous', 'list.next'], words: 'select', scope: 'modal:picker'},
		{commands: ['list.choose'], words: 'load, run', scope: 'modal:picker'},
		{commands: ['list.filter'], words: 'filter'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:picker'},
	],
	lessons: [
		{commands: ['list.previous', 'list.next'], words: 'select', scope: 'modal:lessons'},
		{commands: ['lesson.begin'], words: 'begin, go on', scope: 'modal:lessons'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:lessons'},
	],
	palette: [
		{commands: ['palette.run'], words: 'run'},
		{commands: ['palette.complete'], words: 'complete'},
		{commands: ['list.previous', 'list.next'], words: 'choose', scope: 'modal:palette'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:palette'},
	],
	save: [
		{commands: ['save.write'], words: 'write the file'},
		{commands: ['edit.clear'], words: 'clear', scope: 'modal:save'},
		{commands: ['overlay.close'], words: 'cancel', scope: 'modal:save'},
	],
	export: [
		{commands: ['export.write'], words: 'write the file'},
		{commands: ['export.longer', 'export.shorter'], words: 'longer, shorter'},
		{commands: ['export.format'], words: 'format'},
		{commands: ['edit.clear'], words: 'clear', scope: 'modal:export'},
		{commands: ['export.cancel'], words: 'cancel'},
	],
	help: [
		{commands: ['list.previous', 'list.next'], words: 'scroll', scope: 'modal:help'},
		{commands: ['list.pageUp', 'list.pageDown'], words: 'page', scope: 'modal:help'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:help'},
	],
	screen: [
		{commands: ['screen.write'], words: 'write', scope: 'modal:screen'},
		{commands: ['edit.clear'], words: 'clear', scope: 'modal:screen'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:screen'},
	],
	message: [{commands: ['overlay.close'], words: 'close', scope: 'modal:message'}],
	explain: [
		{commands: ['list.previous', 'list.next'], words: 'scroll', scope: 'modal:explain'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:explain'},
	],
};

/** Draws an overlay above `foot` rows and says where it lies. */
export function drawOverlay(canvas: Canvas, view: OverlayView, desk: Controller, foot: number): Rect {
	const {overlay} = view;
	const {subject} = desk;
	const place = (size: {readonly width: number; readonly height: number}) =>
		overlayPlace(canvas.width, canvas.height, size, foot);
	switch (overlay.kind) {
		case 'editor': {
			const rect = place(editorSize);
			canvas.put(editorOverlay(overlay.key, overlay.text, overlay.error, view.value, rect), rect.x, rect.y);
			return rect;
		}

		case 'picker': {
			const rect = place(pickerSize);
			canvas.put(
				pickerOverlay(
					{
						...overlay,
						presets: pickerMatches(view.presets, overlay.filter),
						count: view.presets.length,
						loaded: subject.name,
					},
					rect,
				),
				rect.x,
				rect.y,
			);
			return rect;
		}

		case 'lessons': {
			const rect = place(lessonsSize);
			const {lessons = []} = desk.tour.shelf ?? {};
			canvas.put(lessonsOverlay({lessons, index: overlay.index}, desk.tour.progress.kept, rect), rect.x, rect.y);
			return rect;
		}

		case 'palette': {
			const rect = place(paletteSize);
			canvas.put(
				paletteOverlay(
					{
						...overlay,
						matches: view.matches,
						count: paletteCount(desk),
						canSet: subject.run !== undefined,
					},
					rect,
				),
				rect.x,
				rect.y,
			);
			return rect;
		}

		case 'save': {
			const rect = place(saveSize);
			canvas.put(saveOverlay(overlay.text, overlay.error, rect), rect.x, rect.y);
			return rect;
		}

		case 'export': {
			const rect = place(exportSize);
			canvas.put(exportOverlay(overlay, subject.now, rect), rect.x, rect.y);
			return rect;
		}

		case 'screen': {
			const rect = place(saveSize);
			canvas.put(screenOverlay(overlay.text, overlay.error, rect), rect.x, rect.y);
			return rect;
		}

		case 'message': {
			const rect = place({width: 92, height: 8});
			const words = wrapWords(cellText(overlay.words), rect.width - 4);
			const {block, hidden} = scrolled([[], ...words.map(line => [' ', line])], overlay.scroll, rect, {
				title: overlay.title,
				value: '',
			});
			desk.scrollLimit = hidden;
			canvas.put(block, rect.x, rect.y);
			return rect;
		}

		case 'explain': {
			const rect = place(explainSize);
			const page = explainPage(overlay.word, subject.run?.session.configuration);
			const {block, hidden} = explainOverlay(page, overlay.scroll, rect);
			desk.scrollLimit = hidden;
			canvas.put(block, rect.x, rect.y);
			return rect;
		}

		case 'help': {
			const rect = place(helpSize);
			const {block, hidden} = helpOverlay(desk, overlay.scroll, rect);
			desk.scrollLimit = hidden;
			canvas.put(block, rect.x, rect.y);
			return rect;
		}
	}
}
