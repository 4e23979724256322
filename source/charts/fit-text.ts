/** A number with the ways in which it may be written, the best first. */
export type Figure = readonly string[];

/** Which end of words that are too long stays: of a key or a name both. */
export type Kept = 'start' | 'end' | 'both';

/** A number with its sign and unit: a cut inside would make another number of it. */
const number = /[<>~+\-]?\d[\d.,:]*(?:[kMG](?![A-Za-z])|\s?(?:ns|us|ms|s|%)(?:\/s)?(?![A-Za-z]))?/gv;

/**
Puts text into at most `width` cells: the one way in which vqlab shortens what it shows.
A number that has no form for this width becomes `#`; words are cut with `…`, and a
number that the cut would fall into goes as a whole.
*/
export function fitText(text: string | Figure, width: number, kept: Kept = 'start'): string {
	if (typeof text !== 'string') {
		return text.find(form => form.length <= width) ?? '#'.repeat(Math.max(0, width));
	}

	if (text.length <= width) {
		return text;
	}

	const words = text.trimEnd();
	return words.length <= width ? words : cutWords(words, Math.max(0, width), kept);
}

/** The same in exactly `width` cells. */
export function cell(
	text: string | Figure,
	width: number,
	align: 'left' | 'right' = 'left',
	kept: Kept = 'start',
): string {
	const fitted = fitText(text, width, kept);
	return align === 'left' ? fitted.padEnd(width) : fitted.padStart(width);
}

function cutWords(words: string, width: number, kept: Kept): string {
	const numbers = [...words.matchAll(number)].map(({0: found, index}) => ({from: index, to: index + found.length}));
	if (width === 0 || (numbers.length === 1 && numbers[0].to - numbers[0].from === words.trimStart().length)) {
		return '#'.repeat(width);
	}

	const room = width - 1;
	const head = kept === 'start' ? room : kept === 'end' ? 0 : Math.ceil(room / 2);
	const inside = (at: number) => numbers.find(({from, to}) => from < at && at < to);
	const headEnd = inside(head)?.from ?? head;
	const tail = words.length - (room - head);
	const tailStart = inside(tail)?.to ?? tail;
	return `${words.slice(0, headEnd)}…${words.slice(tailStart)}`;
}
