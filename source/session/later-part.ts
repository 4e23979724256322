/** What loads the parts, each once. */
const loaders: Array<() => Promise<void>> = [];

/**
A part of the program that the first frame does without, as what draws the other views: it is loaded
by `loadLaterParts`, so that what is loaded before that frame is less. Returns what gives it.
*/
export function laterPart<Part>(load: () => Promise<Part>): () => Part {
	let part: Part | undefined;
	loaders.push(async () => {
		part ??= await load();
	});
	return () => {
		if (part === undefined) {
			throw new Error('a part of the program is asked for before it is loaded');
		}

		return part;
	};
}

/**
Loads all that comes later. The dashboard takes no key before; who draws without it waits for this
first.
*/
export async function loadLaterParts(): Promise<void> {
	await Promise.all(loaders.map(async load => load()));
}
