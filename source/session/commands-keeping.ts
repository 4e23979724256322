import {UserError} from '../errors/user-error.js';
import {type DeskCommand, type ScreenFormat} from './controller.js';
import {ofRun} from './run-command.js';

/** By the end of a file's name. */
const formats: Readonly<Record<string, ScreenFormat>> = {txt: 'text', ansi: 'ansi', svg: 'svg'};

function formatOf(file: string): ScreenFormat {
	const ending = file.split('.').at(-1) ?? '';
	if (!Object.hasOwn(formats, ending)) {
		throw new UserError(`${JSON.stringify(file)}: a screen is .txt, .ansi or .svg`);
	}

	return formats[ending];
}

/** Keeping what is seen: the command that comes here again, and the screen as a file. */
export const keepingCommands: readonly DeskCommand[] = [
	{
		id: 'file.copyCommand',
		label: 'copy the command',
		column: 'everywhere',
		run(controller) {
			const {subject, services} = controller;
			const words = controller.view.copies?.(controller) ?? subject.token;
			services.copy?.(words);
			controller.update({
				overlay: {
					kind: 'message',
					title: 'The command that comes here again: it is in the clipboard, where the terminal allows it',
					words,
					scroll: 0,
				},
			});
		},
	},
	ofRun({
		id: 'file.screen',
		label: 'save the screen',
		column: 'everywhere',
		run(controller, {session}) {
			const [name] = (session.run.preset.name.split('/').at(-1) ?? '').split('.json');
			const at = Math.floor(session.now / 1e6);
			controller.update({overlay: {kind: 'screen', text: `${name}-at-${at}ms.svg`, error: undefined}});
		},
	}),
	ofRun({
		id: 'screen.write',
		label: 'write the screen',
		column: 'none',
		run(controller, {files}) {
			const {overlay} = controller.state;
			const {picture} = controller.services;
			if (overlay?.kind !== 'screen' || picture === undefined) {
				return;
			}

			const file = overlay.text.trim();
			const format = formatOf(file);
			files.refuse(file);
			controller.update({overlay: undefined});
			files.write(file, picture(format));
			controller.say(`saved ${file}`);
		},
	}),
];
