import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {root} from './places.js';
import {Reader, shownCommands, shownPages, withoutWallTime, withOutputs} from './shown-commands.js';

// Runs the commands that the pages of docs/ show and writes down what they print. Build the program
// first.
for (const name of shownPages()) {
	const file = path.join(root, 'docs', name);
	const page = readFileSync(file, 'utf8');
	const reader = new Reader();
	const outputs = shownCommands(page).map(({command, output}) => {
		const now = reader.run(command);
		// A page does not change for the time that a run took.
		return withoutWallTime(now) === withoutWallTime(output) ? output : now;
	});
	reader.dispose();
	writeFileSync(file, withOutputs(page, outputs));
}
