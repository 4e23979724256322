/**
Writes a text whole where nothing stands yet, with a blank to its neighbours, moved in
from either edge; leaves it out where it has no room. Returns whether it stands there.
*/
export function putText(cells: string[], at: number, text: string): boolean {
	const start = Math.max(0, Math.min(at, cells.length - text.length));
	const isFree = cells.slice(Math.max(0, start - 1), start + text.length + 1).every(place => place === ' ');
	if (!isFree || text.length > cells.length) {
		return false;
	}

	for (const [index, character] of [...text].entries()) {
		cells[start + index] = character;
	}

	return true;
}
