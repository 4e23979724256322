/**
A screen reader reads the terminal, as Ink is told of it: `INK_SCREEN_READER=true`; 1 as well.
*/
export function isSpoken({INK_SCREEN_READER: word = ''}: Readonly<Record<string, string | undefined>>): boolean {
	return word === 'true' || word === '1';
}
