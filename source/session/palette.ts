/** Something that the palette can do, and the words by which it is found. */
export type PaletteEntry = {
	/** What is written, typed and completed. */
	readonly label: string;
	/** `command`, `parameter`, `preset`, `metric` … */
	readonly kind: string;
	/** More words that it is found by, and that stand beside it. */
	readonly about: string;
	/** Keys that do it, as help writes them. */
	readonly keys: string;
};

/** Of no match; those of a match begin at 0. */
const none = 5;

function isSubsequence(wanted: string, text: string): boolean {
	let at = 0;
	for (const character of text) {
		at += character === wanted[at] ? 1 : 0;
	}

	return at >= wanted.length;
}

/**
How well an entry fits: its beginning, the beginnings of its words, a
part of it, its letters in order.
*/
function rank({label, about}: PaletteEntry, wanted: string): number {
	const text = label.toLowerCase();
	const all = `${text} ${about.toLowerCase()}`;
	if (text.startsWith(wanted)) {
		return 0;
	}

	const words = all.split(/[\s.\-=]+/v);
	const tokens = wanted.split(/\s+/v);
	if (tokens.every(token => words.some(word => word.startsWith(token)))) {
		return 1;
	}

	if (tokens.every(token => text.includes(token))) {
		return 2;
	}

	return tokens.every(token => all.includes(token))
		? 3
		: wanted.length > 2 && tokens.length === 1 && isSubsequence(wanted, text)
			? 4
			: none;
}

/** Of the entries those that a text means, best first; among equals those that were used last. */
export function paletteMatches<Entry extends PaletteEntry>(
	entries: readonly Entry[],
	text: string,
	recent: readonly string[] = [],
): readonly Entry[] {
	const wanted = text.trim().toLowerCase();
	const age = ({label}: Entry): number => {
		const index = recent.indexOf(label);
		return index === -1 ? recent.length : index;
	};

	return entries
		.map(entry => ({entry, order: wanted === '' ? 0 : rank(entry, wanted)}))
		.filter(({order}) => order < none)
		.toSorted((a, b) => a.order - b.order || age(a.entry) - age(b.entry))
		.map(({entry}) => entry);
}
