/**
Letters to put in, leave out, replace or exchange with their neighbour: optimal string alignment of
two texts.
*/
function editDistance(a: string, b: string): number {
	let beforePrevious: readonly number[] = [];
	let previous = Array.from({length: b.length + 1}, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			row.push(
				Math.min(
					substitution,
					previous[j] + 1,
					row[j - 1] + 1,
					isExchange ? beforePrevious[j - 2] + 1 : Infinity,
				),
			);
		}

		beforePrevious = previous;
		previous = row;
	}

	return previous[b.length];
}

/** What follows the last dot: people forget the group of a key first. */
function lastPart(name: string): string {
	return name.slice(name.lastIndexOf('.') + 1);
}

/** A beginning of fewer letters says nothing. */
const shortestBeginning = 2;

/** The shortest candidate that begins so, whole or in its last part. */
function completed(wanted: string, candidates: readonly string[]): string | undefined {
	if (wanted.replaceAll(/[^a-z\d]/gv, '').length < shortestBeginning) {
		return undefined;
	}

	for (const part of [(name: string) => name, lastPart]) {
		const [found] = candidates
			.filter(candidate => part(candidate.toLowerCase()).startsWith(wanted))
			.toSorted((a, b) => a.length - b.length);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

/**
The candidate that is most likely meant by a misspelt or unfinished name, or undefined when none is
near: one that begins so, else the one with the fewest letters to change. Letter case does not
count, and a last part without its groups is enough (`lockpolicy`).
*/
export function nearest(name: string, names: Iterable<string>): string | undefined {
	const wanted = name.slice(0, 100).toLowerCase();
	const candidates = [...names];
	const begins = completed(wanted, candidates);
	if (begins !== undefined) {
		return begins;
	}

	let best: string | undefined;
	let bestDistance = Infinity;
	for (const candidate of candidates) {
		const lower = candidate.toLowerCase();
		const whole = editDistance(wanted, lower);
		const part = editDistance(lastPart(wanted), lastPart(lower)) + (wanted.includes('.') ? 1.5 : 0.5);
		const distance = Math.min(whole, part);
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}

	return bestDistance <= Math.max(1, wanted.length / 3) ? best : undefined;
}
