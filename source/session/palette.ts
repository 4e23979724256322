import {type Command} from './command.js';

type Named = Pick<Command<unknown>, 'id' | 'label'>;

function rank({id, label}: Named, wanted: string): number {
	const text = label.toLowerCase();
	if (text.startsWith(wanted) || id.toLowerCase().startsWith(wanted)) {
		return 0;
	}

	return text.includes(` ${wanted}`) || id.toLowerCase().includes(wanted) ? 1 : text.includes(wanted) ? 2 : 3;
}

/** Of the commands those whose label or name holds the text, best first. */
export function paletteMatches<Offered extends Named>(offered: readonly Offered[], text: string): readonly Offered[] {
	const wanted = text.trim().toLowerCase();
	return offered
		.map(command => ({command, order: wanted === '' ? 0 : rank(command, wanted)}))
		.filter(match => match.order < 3)
		.toSorted((a, b) => a.order - b.order)
		.map(match => match.command);
}
