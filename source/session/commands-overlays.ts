import {parameter} from '../simulation/parameters/table.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {parseValue} from '../parameters/value.js';
import {type Controller, type DeskCommand} from './controller.js';
import {moveIndex, type Overlay} from './interface-state.js';
import {loadPreset} from './load-preset.js';
import {paletteChoices} from './palette-entries.js';
import {neighbourValue, type Direction} from './parameter-ladder.js';
import {shortValue} from './parameter-list.js';
import {type PresetSummary} from './preset-shelf.js';
import {ofRun} from './run-command.js';
import {type Session} from './session.js';
import {type RunParts} from './subject.js';
import {runPhrase} from './phrases.js';
import {sessionText} from './saved-session.js';
import {completeText} from './text-field.js';

/** Rows that a page key goes by. */
const page = 10;
/** Uses of the palette that are remembered. */
const mostRecent = 20;

function overlayOf<Kind extends Overlay['kind']>(
	controller: Controller,
	kind: Kind,
): Extract<Overlay, {kind: Kind}> | undefined {
	const {overlay} = controller.state;
	return overlay?.kind === kind ? (overlay as Extract<Overlay, {kind: Kind}>) : undefined;
}

function close(controller: Controller): void {
	controller.update({overlay: undefined});
}

/** Presets that the picker shows under its filter. */
export function pickerMatches(presets: readonly PresetSummary[], filter: string): readonly PresetSummary[] {
	const wanted = filter.trim().toLowerCase();
	return presets.filter(preset =>
		[preset.name, preset.title, preset.theme, preset.story].some(text => text.toLowerCase().includes(wanted)),
	);
}

function moveInList(controller: Controller, by: number): void {
	const picker = overlayOf(controller, 'picker');
	if (picker !== undefined) {
		const count = pickerMatches(controller.presetList, picker.filter).length;
		controller.update({overlay: {...picker, index: moveIndex(picker.index, by, count)}});
	}

	const palette = overlayOf(controller, 'palette');
	if (palette !== undefined) {
		controller.update({
			overlay: {...palette, index: moveIndex(palette.index, by, paletteChoices(controller, palette.text).length)},
		});
	}

	const {overlay} = controller.state;
	if (overlay !== undefined && 'scroll' in overlay) {
		controller.update({overlay: {...overlay, scroll: moveIndex(overlay.scroll, by, controller.scrollLimit + 1)}});
	}
}

function choosePreset(controller: Controller, run: RunParts): void {
	const picker = overlayOf(controller, 'picker');
	const chosen = picker === undefined ? undefined : pickerMatches(controller.presetList, picker.filter)[picker.index];
	if (chosen === undefined) {
		return;
	}

	loadPreset(controller, run, chosen.name);
}

/** The field's value (or the present one) times two or by two, by the parameter's own ladder. */
function scaleField(controller: Controller, session: Session, direction: Direction): void {
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

function completeField(controller: Controller): void {
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

function clearField(controller: Controller): void {
	const {overlay, filter} = controller.state;
	if (overlay === undefined) {
		controller.update({filter: filter === undefined ? undefined : {...filter, text: ''}});
	} else if ('text' in overlay) {
		controller.update({overlay: {...overlay, text: '', error: undefined}});
	} else if (overlay.kind === 'picker') {
		controller.update({overlay: {...overlay, filter: '', index: 0}});
	}
}

function runPalette(controller: Controller): void {
	const palette = overlayOf(controller, 'palette');
	if (palette === undefined) {
		return;
	}

	if (runPhrase(controller, palette.text)) {
		close(controller);
		return;
	}

	const entry = paletteChoices(controller, palette.text).at(palette.index);
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

function saveFile(controller: Controller, {session, shelf, files}: RunParts): void {
	const save = overlayOf(controller, 'save');
	if (save === undefined) {
		return;
	}

	const path = save.text.trim();
	if (path === '') {
		throw new UserError('a file needs a name, as in mine.json');
	}

	if (path.endsWith('.session.json')) {
		files.write(path, sessionText(session.run));
	} else {
		shelf.save(path, session.run.preset, session.configuration);
	}

	close(controller);
	controller.say(`saved ${path}`);
}

/** Opening, using and closing what lies over the view. */
export const overlayCommands: readonly DeskCommand[] = [
	{
		id: 'find.filter',
		label: 'filter',
		column: 'everywhere',
		can: ({view, subject}) => view.filters?.includes(subject.kind) ?? false,
		run(controller) {
			controller.update({filter: {text: controller.state.filter?.text ?? '', editing: true}});
		},
	},
	{
		id: 'find.palette',
		label: 'command palette',
		column: 'everywhere',
		run(controller) {
			controller.update({
				overlay: {
					kind: 'palette',
					text: '',
					index: 0,
					error: undefined,
				},
			});
		},
	},
	{
		id: 'help.toggle',
		label: 'help',
		column: 'everywhere',
		run(controller) {
			controller.update({overlay: {kind: 'help', scroll: 0}});
		},
	},
	{
		id: 'help.explain',
		label: 'explain it',
		column: 'everywhere',
		run(controller) {
			const word = controller.view.explains?.(controller);
			if (word === undefined) {
				controller.say('nothing is selected that could be explained');
			} else {
				controller.update({overlay: {kind: 'explain', word, scroll: 0}});
			}
		},
	},
	ofRun({
		id: 'preset.pick',
		label: 'presets',
		column: 'everywhere',
		run(controller, {session}) {
			const index = controller.presetList.findIndex(preset => preset.name === session.run.preset.name);
			controller.update({
				overlay: {
					kind: 'picker',
					index: Math.max(0, index),
					filter: '',
					filtering: false,
				},
			});
		},
	}),
	ofRun({
		id: 'file.save',
		label: 'save as a preset',
		column: 'everywhere',
		run(controller, {session}) {
			const [name] = (session.run.preset.name.split('/').at(-1) ?? '').split('.json');
			controller.update({overlay: {kind: 'save', text: `${name}-changed.json`, error: undefined}});
		},
	}),
	...(
		[
			[
				'filter.keep',
				'keep the filter',
				controller => {
					controller.update({
						filter: controller.state.filter?.text.trim()
							? {text: controller.state.filter.text, editing: false}
							: undefined,
					});
				},
			],
			[
				'filter.leave',
				'leave the filter',
				controller => {
					controller.update({filter: undefined});
				},
			],
			['edit.clear', 'clear', clearField],
			[
				'list.previous',
				'previous',
				controller => {
					moveInList(controller, -1);
				},
			],
			[
				'list.next',
				'next',
				controller => {
					moveInList(controller, 1);
				},
			],
			...(
				[
					['list.pageUp', 'page up', -page],
					['list.pageDown', 'page down', page],
					['list.first', 'first', -Infinity],
					['list.last', 'last', Infinity],
				] as const
			).map(
				([id, label, by]) =>
					[
						id,
						label,
						(controller: Controller) => {
							moveInList(controller, by);
						},
					] as const,
			),
			[
				'list.filter',
				'filter',
				controller => {
					const picker = overlayOf(controller, 'picker');
					controller.update({overlay: picker && {...picker, filtering: true}});
				},
			],
			[
				'list.leaveFilter',
				'leave the filter',
				controller => {
					const picker = overlayOf(controller, 'picker');
					controller.update({
						overlay: picker && {
							...picker,
							filter: '',
							filtering: false,
							index: 0,
						},
					});
				},
			],
			[
				'palette.complete',
				'complete',
				controller => {
					const palette = overlayOf(controller, 'palette');
					const match =
						palette === undefined ? undefined : paletteChoices(controller, palette.text).at(palette.index);
					if (palette !== undefined && match !== undefined) {
						controller.update({overlay: {...palette, text: match.label, index: 0}});
					}
				},
			],
			['palette.run', 'run', runPalette],
			['overlay.close', 'close', close],
		] satisfies ReadonlyArray<readonly [string, string, (controller: Controller) => void]>
	).map(([id, label, run]): DeskCommand => ({
		id,
		label,
		column: 'none',
		run,
	})),
	...(
		[
			[
				'edit.double',
				'next larger value',
				(controller, {session}) => {
					scaleField(controller, session, 1);
				},
			],
			[
				'edit.halve',
				'next smaller value',
				(controller, {session}) => {
					scaleField(controller, session, -1);
				},
			],
			['edit.complete', 'complete', completeField],
			[
				'edit.apply',
				'apply',
				(controller, {session}) => {
					const editor = overlayOf(controller, 'editor');
					if (editor !== undefined && editor.text.trim() !== '') {
						controller.setFromText(session, editor.key, editor.text);
					}

					close(controller);
				},
			],
			['list.choose', 'load, run', choosePreset],
			['save.write', 'write the file', saveFile],
		] satisfies ReadonlyArray<readonly [string, string, (controller: Controller, run: RunParts) => void]>
	).map(([id, label, run]) =>
		ofRun({
			id,
			label,
			column: 'none',
			run,
		}),
	),
];
