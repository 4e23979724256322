import {UserError} from '../errors/user-error.js';
import {type Controller} from './controller.js';
import {sessionText} from './saved-session.js';
import {type RunParts} from './subject.js';

/**
Writes the run, or its parameters as a preset where the name does not end in
`.session.json`. Throws `UserError`.
*/
export function saveRun(controller: Controller, {session, shelf, files}: RunParts, name: string): void {
	const path = name.trim();
	if (path === '') {
		throw new UserError('a file needs a name, as in mine.json');
	}

	if (path.endsWith('.session.json')) {
		files.write(path, sessionText(session.run));
	} else {
		shelf.save(path, session.run.preset, session.configuration);
	}

	controller.say(`saved ${path}`);
}
