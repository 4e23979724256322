/** A word as a POSIX shell takes it: quoted when it has anything but plain characters. */
export function shellWord(word: string): string {
	return /^[\w.,:=\/+@%\-]+$/v.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
