import {type Hint} from '../../session/command.js';
import {compareLine} from '../../session/compare-line.js';
import {type Controller, type DeskView} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {ofRun} from '../../session/run-command.js';
import {compareDeskOf} from './desk.js';

const words = laterPart(async () => import('./words.js'));
const panels = laterPart(async () => import('./panels.js'));

const scope = 'view:compare';

const hints: readonly Hint[] = [
	{commands: ['compare.previous', 'compare.next'], words: 'metric', scope},
	{commands: ['compare.plot'], words: 'draw it', scope},
	{commands: ['compare.swap'], words: 'swap sides', short: 'swap', scope},
	{commands: ['compare.drop'], words: 'keep A', scope},
	{commands: ['compare.fork'], words: 'keep B'},
	{commands: ['file.copyCommand'], words: 'command'},
	{commands: ['time.pause'], words: 'pause'},
];

const before: readonly Hint[] = [
	{commands: ['compare.fork'], words: 'fork B here'},
	{commands: ['compare.plot'], words: 'without the last change', short: 'before the change', scope},
	{commands: ['view.overview'], words: 'overview'},
	{commands: ['time.pause'], words: 'pause'},
];

/** Another run is compared with the one that goes on. */
function isComparing({subject}: Controller): boolean {
	return compareDeskOf(subject).lockstep !== undefined;
}

/** Two runs on the same random numbers, side by side, with words that hold whenever one looks. */
export const view: DeskView = {
	id: 'compare',
	key: '5',
	title: 'compare',
	words: {
		run:
			'Two runs on the same random numbers: what differs, by how much, and whether it is better. ' +
			'B forks the second one.',
	},
	missing: {
		recording: 'a recording cannot be forked; vqlab compare FILE FILE holds two of them against each other',
	},
	caption({subject}, caption) {
		const {lockstep, rows} = compareDeskOf(subject);
		return lockstep === undefined ? caption : words().compareCaption(caption, lockstep, rows);
	},
	explains({subject}) {
		const {rows, selected} = compareDeskOf(subject);
		return rows.at(selected)?.path;
	},
	copies: ({subject: {run}}) => (run === undefined ? undefined : compareLine(run.session)),
	back(controller) {
		const is = isComparing(controller);
		if (is) {
			controller.runCommand('compare.fork');
		}

		return is;
	},
	async ready({subject}) {
		const {session} = subject.run ?? {};
		if (session?.lockstep === undefined && session?.lastChange !== undefined) {
			session.forkBeforeChange();
		}

		session?.lockstep?.runUntil(session.lockstep.goal, Infinity);
	},
	keys: [
		['up k', 'compare.previous'],
		['down j', 'compare.next'],
		['enter', 'compare.plot'],
		['X', 'compare.swap'],
		['D', 'compare.drop'],
	],
	commands: [
		ofRun({
			id: 'compare.previous',
			label: 'metric before',
			column: 'view',
			run({subject}) {
				compareDeskOf(subject).move(-1);
			},
		}),
		ofRun({
			id: 'compare.next',
			label: 'metric after',
			column: 'view',
			run({subject}) {
				compareDeskOf(subject).move(1);
			},
		}),
		ofRun({
			id: 'compare.plot',
			label: 'draw it; compare a change',
			column: 'view',
			run(controller, {session}) {
				if (isComparing(controller)) {
					compareDeskOf(controller.subject).plot();
				} else {
					session.forkBeforeChange();
				}
			},
		}),
		ofRun({
			id: 'compare.swap',
			label: 'swap the sides',
			column: 'view',
			run(controller, {session}) {
				controller.say(
					session.swapSides()
						? `what you see and change is ${session.head === session.lockstep?.a ? 'A' : 'B'} now`
						: 'there is no second run yet: B forks it',
				);
			},
		}),
		ofRun({
			id: 'compare.drop',
			label: 'end it, keep A',
			column: 'view',
			run(controller, {session}) {
				controller.say(
					session.keep('a') ? 'A goes on; undo brings B back' : 'there is no second run yet: B forks it',
				);
			},
		}),
	],
	hints: controller => (isComparing(controller) ? hints : before),
	legend: {
		run: {
			words: [
				['slices', 'stretches of simulated time that both runs go through; each is a pair'],
				['95 %', 'of the paired difference, by a confidence sequence: it holds whenever you look'],
				['same', 'the interval lies inside the margin; better and worse: wholly outside of it'],
				['together', 'better and worse hold for all metrics at once (Holm)'],
				['a change', 'of either side begins new slices: no figure mixes two settings'],
			],
		},
	},
	draw(scene) {
		panels().drawCompare(scene);
		return undefined;
	},
};
