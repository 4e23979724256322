import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {root} from './places.js';
import {referencePages} from './reference/pages.js';

// Writes the pages of docs/ that are drawn from the tables.
for (const [name, text] of await referencePages()) {
	const file = path.join(root, 'docs', name);
	mkdirSync(path.dirname(file), {recursive: true});
	writeFileSync(file, text);
}
