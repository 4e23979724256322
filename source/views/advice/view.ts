import {type Hint} from '../../session/command.js';
import {type DeskView} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {ofRun} from '../../session/run-command.js';
import {adviceDeskOf} from './desk.js';

const panels = laterPart(async () => import('./panels.js'));

const scope = 'view:advice';

const hints: readonly Hint[] = [
	{commands: ['advice.previous', 'advice.next'], words: 'entry', scope},
	{commands: ['advice.apply'], words: 'apply', scope: 'global'},
	{commands: ['edit.undo'], words: 'undo', scope: 'global'},
	{commands: ['advice.applyB'], words: 'compare it', scope},
	{commands: ['advice.rerun'], words: 'again', scope},
	{commands: ['view.overview'], words: 'overview'},
	{commands: ['time.pause'], words: 'pause'},
	{commands: ['help.explain'], words: 'explain'},
];

/**
What would help, what would not, and why: predicted by paired runs while the simulation goes on.
*/
export const view: DeskView = {
	id: 'advice',
	key: '6',
	title: 'advice',
	words: {
		run:
			'What would help, best first, predicted by paired runs in worker threads while this one goes on; what ' +
			'would not help, and by which mechanism.',
	},
	missing: {
		recording: 'a recording cannot be run with other settings; vqlab calibrate makes a preset of it, and that can',
	},
	advises({subject}) {
		const desk = adviceDeskOf(subject);
		return desk.entry?.set;
	},
	explains: ({subject}) => Object.keys(adviceDeskOf(subject).entry?.set ?? {}).at(0),
	attend({subject}, isLookedAt) {
		adviceDeskOf(subject).attend(isLookedAt);
	},
	async ready({subject}) {
		await adviceDeskOf(subject).ready();
	},
	keys: [
		['up k', 'advice.previous'],
		['down j', 'advice.next'],
		['enter', 'advice.apply'],
		['b', 'advice.applyB'],
		['R', 'advice.rerun'],
	],
	commands: [
		ofRun({
			id: 'advice.previous',
			label: 'entry before',
			column: 'view',
			run({subject}) {
				adviceDeskOf(subject).move(-1);
			},
		}),
		ofRun({
			id: 'advice.next',
			label: 'entry after',
			column: 'view',
			run({subject}) {
				adviceDeskOf(subject).move(1);
			},
		}),
		ofRun({
			id: 'advice.applyB',
			label: 'fork B with it, and compare',
			column: 'view',
			run(controller, {session}) {
				const set = adviceDeskOf(controller.subject).entry?.set;
				if (set === undefined) {
					controller.say('there is no advice yet to fork B with');
					return;
				}

				if (session.lockstep === undefined) {
					session.forkHere();
				}

				controller.say(session.change(set));
				controller.update({view: 'compare'});
			},
		}),
		ofRun({
			id: 'advice.rerun',
			label: 'compute it again',
			column: 'view',
			run(controller) {
				adviceDeskOf(controller.subject).again();
			},
		}),
	],
	hints: () => hints,
	legend: {
		run: {
			words: [
				['is', 'better, worse, none (inside its margin) or undecided, by an interval that holds at any look'],
				['fails', 'the goal is bought with what it is subject to'],
				['same run', 'every event is the same: the parameter has nothing to act on'],
			],
		},
	},
	draw(scene) {
		panels().drawAdvice(scene);
		return undefined;
	},
};
