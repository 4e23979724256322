import {type Controller, type DeskCommand} from './controller.js';
import {ofRun} from './run-command.js';
import {type RunParts} from './subject.js';

/** A step of the arrows, as a share of what is shown. */
const step = 1 / 8;

type Move = {
	readonly id: string;
	readonly label: string;
	/** Columns that what is shown moves by, of so many that there are; infinite: to the start. */
	readonly by: (columns: number) => number;
};

const moves: readonly Move[] = [
	{id: 'history.left', label: 'scroll back', by: columns => -Math.max(1, Math.round(columns * step))},
	{id: 'history.right', label: 'scroll forward', by: columns => Math.max(1, Math.round(columns * step))},
	{id: 'history.back', label: 'back one column', by: () => -1},
	{id: 'history.forward', label: 'forward one column', by: () => 1},
	{id: 'history.pageBack', label: 'back one screen', by: columns => -columns},
	{id: 'history.pageForward', label: 'forward one screen', by: columns => columns},
	{id: 'history.start', label: 'to the start', by: () => -Infinity},
];

/** Of a run these go back and on in its time; the arrows and the rest have other meanings there. */
const ofRuns = new Set(['history.back', 'history.forward', 'history.pageBack', 'history.pageForward']);

/** Looks at the run some columns before or after what is looked at, at the end of a column. */
function lookBy({session}: RunParts, {state, stretch, say}: Mover, by: number): void {
	const {column} = state;
	const {now} = session;
	if (by > 0 && session.present === undefined) {
		say('this is the newest');
		return;
	}

	if (by < 0 && now === 0) {
		say('this is the start');
		return;
	}

	const whole = by < 0 ? Math.ceil(now / column) : Math.floor(now / column);
	const room = Math.abs(by) === Infinity ? stretch.columns : by;
	session.look(Math.max(0, (whole + room) * column));
}

type Mover = Pick<Controller, 'state' | 'stretch'> & {readonly say: (text: string) => void};

/**
Moving the stretch that is shown, where the subject can be sought, and the
time of a run that is looked at.
*/
export const historyCommands: readonly DeskCommand[] = [
	...moves.map(({id, label, by}): DeskCommand => ({
		id,
		label,
		column: 'time',
		can: ({subject}) => subject.canSeek || (subject.run !== undefined && ofRuns.has(id)),
		run(controller) {
			const {subject, state, stretch} = controller;
			if (subject.run === undefined) {
				stretch.scroll(by(stretch.columns));
				return;
			}

			const mover: Mover = {
				state,
				stretch,
				say(text) {
					controller.say(text);
				},
			};
			lookBy(subject.run, mover, by(stretch.columns));
		},
	})),
	{
		id: 'history.live',
		label: 'to the newest',
		column: 'time',
		can: ({subject}) => subject.canSeek || subject.run !== undefined,
		run({subject, stretch}) {
			if (subject.run === undefined) {
				stretch.follow();
			} else {
				subject.run.session.lookAtPresent();
			}
		},
	},
	{
		id: 'history.whole',
		label: 'all of it',
		column: 'time',
		can: ({subject}) => subject.canSeek,
		run({stretch}) {
			stretch.showWhole();
		},
	},
	ofRun({
		id: 'history.fork',
		label: 'go on from here',
		column: 'time',
		run(controller, {session}) {
			controller.say(
				session.fork()
					? 'another run from here on; undo comes back to the one before'
					: 'this is the newest: go back in its history first',
			);
		},
	}),
];
