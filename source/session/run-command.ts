import {type Controller, type DeskCommand} from './controller.js';
import {type RunParts} from './subject.js';

type RunCommand = Omit<DeskCommand, 'can' | 'run'> & {
	readonly run: (controller: Controller, run: RunParts) => void;
};

/** A command that can be done where the subject is a run. */
export function ofRun({run: action, ...words}: RunCommand): DeskCommand {
	return {
		...words,
		can: ({subject}) => subject.run !== undefined,
		run(controller) {
			const {run} = controller.subject;
			if (run !== undefined) {
				action(controller, run);
			}
		},
	};
}
