import {fitText} from './fit-text.js';

/** Ends of clauses: none inside of an interval's brackets. */
const clauseEnd = /[,:;] (?![^\[]*\])/gv;

/**
Whole clauses that fill less of a row than this leave out too much: then whole words do, and where
the next word is a long one it is cut.
*/
const leastClauses = 0.6;
const leastWords = 0.75;

/**
As much of a sentence as fits into `width` cells behind `prefix`: all of it, whole clauses, or whole
words; what is left out is `…`. A number never stands without its unit.
*/
export function fitSentence(text: string, width: number, prefix = ''): string {
	const row = (form: string): string => prefix + form;
	if (row(text).length <= width) {
		return row(text);
	}

	const clauses = [...text.matchAll(clauseEnd)]
		.map(({index}) => row(`${text.slice(0, index + 1)} …`))
		.findLast(form => form.length <= width);
	if (clauses !== undefined && clauses.length >= leastClauses * width) {
		return clauses;
	}

	const words = text.split(' ');
	while (words.length > 1 && (row(`${words.join(' ')} …`).length > width || /\d\S*$/v.test(words.at(-1) ?? ''))) {
		words.pop();
	}

	const whole = row(`${words.join(' ')} …`);
	return whole.length <= width && whole.length >= leastWords * width ? whole : fitText(row(text), width);
}
