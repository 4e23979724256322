import {type InterfaceState} from './interface-state.js';
import {type TextField} from './text-field.js';

/** The text that is being typed, wherever it stands; undefined when nothing is open for typing. */
export function openField({overlay, filter}: InterfaceState): TextField | undefined {
	if (overlay === undefined) {
		return filter?.editing === true ? filter.text : undefined;
	}

	switch (overlay.kind) {
		case 'editor':
		case 'save':
		case 'screen':
		case 'palette': {
			return overlay.text;
		}

		case 'export': {
			return overlay.progress === undefined ? overlay.text : undefined;
		}

		case 'picker': {
			return overlay.filtering ? overlay.filter : undefined;
		}

		case 'lessons':
		case 'explain':
		case 'message':
		case 'help': {
			return undefined;
		}
	}
}

/**
What changes when the open field holds this text; the list of a picker or a
palette begins at its top again.
*/
export function withField({overlay, filter}: InterfaceState, text: TextField): Partial<InterfaceState> {
	switch (overlay?.kind) {
		case undefined: {
			return {filter: filter && {...filter, text}};
		}

		case 'picker': {
			return {overlay: {...overlay, filter: text, index: 0}};
		}

		case 'palette': {
			return {overlay: {...overlay, text, index: 0, error: undefined}};
		}

		case 'editor':
		case 'save':
		case 'screen':
		case 'export': {
			return {overlay: {...overlay, text, error: undefined}};
		}

		case 'lessons':
		case 'explain':
		case 'message':
		case 'help': {
			return {};
		}
	}
}

/**
What changes when the user has made a mistake: it is told under the field
that is open, else as a notice.
*/
export function withMistake({overlay}: InterfaceState, text: string): Partial<InterfaceState> {
	if (overlay?.kind === 'export') {
		return {overlay: {...overlay, error: text, progress: undefined}};
	}

	return overlay !== undefined && 'error' in overlay
		? {overlay: {...overlay, error: text}}
		: {notice: {text, bad: true}};
}
