import {groupAxes} from '../../metrics/life-groups.js';
import {type DeskCommand} from '../../session/controller.js';
import {ofRun} from '../../session/run-command.js';
import {timelineOf} from '../timeline/desk.js';
import {latencyDeskOf} from './desk.js';
import {slowestOf} from './slowest.js';

/** What `t` goes through. */
const groupSteps = ['none', ...groupAxes] as const;

/** Commands of the latency view of a run. */
export const latencyCommands: readonly DeskCommand[] = [
	ofRun({
		id: 'latency.scale',
		label: 'log or linear',
		column: 'view',
		run({subject}) {
			const desk = latencyDeskOf(subject);
			desk.scale = desk.drawn === 'log' ? 'linear' : 'log';
		},
	}),
	ofRun({
		id: 'latency.group',
		label: 'by command, client, queue',
		column: 'view',
		run({subject}) {
			const desk = latencyDeskOf(subject);
			const next = groupSteps.indexOf(desk.group ?? desk.drawnGroup) + 1;
			desk.group = groupSteps[next % groupSteps.length];
		},
	}),
	ofRun({
		id: 'latency.before',
		label: 'before on, off',
		column: 'view',
		run(controller, {session}) {
			const desk = latencyDeskOf(controller.subject);
			if (session.run.log.beforeAt(session.now) === null) {
				controller.say('no change has been made: there is no before');
				return;
			}

			desk.hasBefore = !desk.hasBefore;
		},
	}),
	ofRun({
		id: 'latency.slowest',
		label: 'slowest commands, one by one',
		column: 'view',
		run(controller) {
			const {subject} = controller;
			const desk = latencyDeskOf(subject);
			const {slow} = desk;
			const known = slow?.at === subject.now ? slow : {at: subject.now, found: slowestOf(subject), shown: -1};
			const {found} = known;
			if (found.length === 0) {
				controller.say('no command has been answered since the last change: there is none to show yet');
				return;
			}

			known.shown = (known.shown + 1) % found.length;
			desk.slow = known;
			timelineOf(subject).goTo(found[known.shown]);
			controller.runCommand('view.timeline');
			controller.say(`slow command ${known.shown + 1} of ${found.length}: ${found[known.shown].words}`);
		},
	}),
];
