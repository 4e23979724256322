import {type DeskCommand} from './controller.js';
import {ofRun} from './run-command.js';

/** A second run beside the one that goes on. */
export const compareCommands: readonly DeskCommand[] = [
	ofRun({
		id: 'compare.fork',
		label: 'fork B here; end it, keep B',
		column: 'everywhere',
		run(controller, {session}) {
			if (session.keep('b')) {
				controller.say('B goes on alone');
				return;
			}

			session.forkHere();
			controller.say('B is what you see and change; A keeps its settings: 5 compares them');
		},
	}),
];
