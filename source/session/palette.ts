import {type Command} from './command.js';
import {commands} from './commands.js';

function rank(command: Command, wanted: string): number {
	const text = command.label.toLowerCase();
	if (text.startsWith(wanted) || command.id.toLowerCase().startsWith(wanted)) {
		return 0;
	}

	return text.includes(` ${wanted}`) || command.id.toLowerCase().includes(wanted) ? 1 : (text.includes(wanted) ? 2 : 3);
}

/** Commands for the palette: those whose label or name holds the text, best first. */
export function paletteMatches(text: string): readonly Command[] {
	const wanted = text.trim().toLowerCase();
	return commands
		.filter(command => command.column !== 'none')
		.map(command => ({command, order: wanted === '' ? 0 : rank(command, wanted)}))
		.filter(match => match.order < 3)
		.toSorted((a, b) => a.order - b.order)
		.map(match => match.command);
}
