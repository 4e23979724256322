/** A place where two answers differ. */
export type Difference = {
	/** Path in the JSON, or the number of the line. */
	readonly place: string;
	readonly before: string;
	readonly after: string;
};

/** More of one answer say nothing new. */
const mostOfAnAnswer = 2000;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}

function word(value: unknown): string {
	return value === undefined ? 'absent' : JSON.stringify(value);
}

function collect(place: string, before: unknown, after: unknown, found: Difference[]): void {
	if (found.length >= mostOfAnAnswer || Object.is(before, after)) {
		return;
	}

	if (isRecord(before) && isRecord(after) && Array.isArray(before) === Array.isArray(after)) {
		for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
			collect(place === '' ? key : `${place}.${key}`, before[key], after[key], found);
		}

		return;
	}

	found.push({place, before: word(before), after: word(after)});
}

/** Every leaf of two JSON texts that is not the same; a text that is no JSON differs as a whole. */
export function jsonDifferences(before: string, after: string): readonly Difference[] {
	if (before === after) {
		return [];
	}

	const found: Difference[] = [];
	try {
		collect('', JSON.parse(before), JSON.parse(after), found);
	} catch {
		return textDifferences(before, after);
	}

	return found;
}

/** The lines of two texts that are not the same, by their number. */
export function textDifferences(before: string, after: string): readonly Difference[] {
	if (before === after) {
		return [];
	}

	const lines = [before.split('\n'), after.split('\n')] as const;
	const found: Difference[] = [];
	for (let line = 0; line < Math.max(lines[0].length, lines[1].length) && found.length < mostOfAnAnswer; line++) {
		if (lines[0][line] !== lines[1][line]) {
			found.push({place: `line ${line + 1}`, before: word(lines[0][line]), after: word(lines[1][line])});
		}
	}

	return found;
}
