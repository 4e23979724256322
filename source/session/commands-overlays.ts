import {keyPattern} from '../simulation/parameters/parse-set.js';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {parseValue} from '../parameters/value.js';
import {type Controller, type DeskCommand} from './controller.js';
import {moveIndex, type Overlay} from './interface-state.js';
import {neighbourValue, type Direction} from './parameter-ladder.js';
import {shortValue} from './parameter-list.js';
import {type PresetSummary} from './preset-shelf.js';
import {ofRun} from './run-command.js';
import {type Session} from './session.js';
import {type RunParts} from './subject.js';
import {runPhrase} from './phrases.js';
import {sessionText} from './saved-session.js';
import {completeText} from './text-field.js';

/** A parameter and its value as they are typed into the palette. */
const keyAndValue = new RegExp(String.raw`^\s*(${keyPattern})[\s=]+(\S.*)$`, 'v');

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
		[preset.name, preset.title, preset.theme].some(text => text.toLowerCase().includes(wanted)),
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
			overlay: {...palette, index: moveIndex(palette.index, by, controller.paletteMatches(palette.text).length)},
		});
	}
}

function choosePreset(controller: Controller, {session, shelf}: RunParts): void {
	const picker = overlayOf(controller, 'picker');
	const chosen = picker === undefined ? undefined : pickerMatches(controller.presetList, picker.filter)[picker.index];
	if (chosen === undefined) {
		return;
	}

	const preset = shelf.load(chosen.name);
	close(controller);
	session.load(preset);
	controller.say(`${preset.name}: a new run from t = 0; u brings the last one back`);
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

	const [, key, value] = keyAndValue.exec(palette.text) ?? [];
	const command = controller.paletteMatches(palette.text)[palette.index];
	if (command !== undefined) {
		close(controller);
		controller.runCommand(command.id);
		return;
	}

	const session = controller.subject.run?.session;
	if (session === undefined || key === undefined || value === undefined) {
		throw new UserError(
			`${JSON.stringify(palette.text)} is no command${session === undefined ? '' : '; a parameter is set by its key and a value: queue.size 256'}`,
		);
	}

	controller.setFromText(session, key, value);
	close(controller);
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
			controller.update({overlay: {kind: 'help'}});
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
						palette === undefined ? undefined : controller.paletteMatches(palette.text)[palette.index];
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
