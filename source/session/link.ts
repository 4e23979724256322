import {type Controller} from './controller.js';

/*
What a press on a part of the screen means, as a word that blocks carry (`charts/block.ts`): so
whoever draws a row says what it is, and nobody lays the screen out twice.
*/

/** Carries out a command. */
export function commandLink(id: string): string {
	return `command ${id}`;
}

/** Selects a parameter, or a group of them; again: types its value, or unfolds it. */
export function parameterLink(key: string): string {
	return `parameter ${key}`;
}

/** Sets a parameter to the value before or after its own. */
export function nudgeLink(key: string, direction: -1 | 1): string {
	return `${direction < 0 ? 'decrease' : 'increase'} ${key}`;
}

/** Selects a row of the list that is open, by its index; again: chooses it. */
export function itemLink(index: number): string {
	return `item ${index}`;
}

/** Gives a panel the focus. */
export function panelLink(id: string): string {
	return `panel ${id}`;
}

/** What chooses in a list that is open. */
const choosing: Readonly<Partial<Record<string, string>>> = {
	picker: 'list.choose',
	palette: 'palette.run',
	lessons: 'lesson.begin',
};

function pressItem(controller: Controller, index: number): void {
	const {overlay} = controller.state;
	if (overlay === undefined || !('index' in overlay)) {
		return;
	}

	const command = choosing[overlay.kind];
	if (overlay.index === index && command !== undefined) {
		controller.runCommand(command);
	} else {
		controller.update({overlay: {...overlay, index}});
	}
}

function pressParameter(controller: Controller, key: string): void {
	const {selected, panel} = controller.state;
	if (selected === key && panel === 'parameters') {
		controller.runCommand('params.edit');
	} else {
		controller.update({selected: key, panel: 'parameters'});
	}
}

/** Does what a press on a link means. */
export function pressLink(controller: Controller, link: string): void {
	const [kind] = link.split(' ', 1);
	const what = link.slice(kind.length + 1);
	switch (kind) {
		case 'command': {
			controller.runCommand(what);
			break;
		}

		case 'parameter': {
			pressParameter(controller, what);
			break;
		}

		case 'decrease':
		case 'increase': {
			controller.update({selected: what, panel: 'parameters'});
			controller.runCommand(`params.${kind}`);
			break;
		}

		case 'item': {
			pressItem(controller, Number(what));
			break;
		}

		case 'panel': {
			controller.update({panel: what});
			break;
		}

		default: {
			break;
		}
	}
}
