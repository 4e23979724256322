import {type Controller, type DeskCommand} from './controller.js';
import {laterPart} from './later-part.js';
import {ofRun} from './run-command.js';
import {type RunParts} from './subject.js';
import {saveRun} from './save-run.js';
import {overlayOf, close} from './overlay-of.js';
import {moveInList, choosePreset} from './overlay-lists.js';
import {scaleField, completeField, clearField} from './overlay-fields.js';

const entries = laterPart(async () => import('./palette-entries.js'));
const running = laterPart(async () => import('./run-palette.js'));

/** Rows that a page key goes by. */
const page = 10;

function saveFile(controller: Controller, run: RunParts): void {
	const save = overlayOf(controller, 'save');
	if (save !== undefined) {
		saveRun(controller, run, save.text);
		close(controller);
	}
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
			// Where nothing is selected it is what the verdict says.
			const word = controller.view.explains?.(controller) ?? controller.look().caption.verdict?.id;
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
						palette === undefined
							? undefined
							: entries().paletteChoices(controller, palette.text).at(palette.index);
					if (palette !== undefined && match !== undefined) {
						controller.update({overlay: {...palette, text: match.label, index: 0}});
					}
				},
			],
			[
				'palette.run',
				'run',
				controller => {
					running().runPalette(controller);
				},
			],
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
