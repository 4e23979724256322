import {type Hint} from '../../session/command.js';
import {type DeskView} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {timelineCommands, zoomTimeline} from './commands.js';
import {timelineOf} from './desk.js';
import {explainedWord} from './explained.js';

const drawing = laterPart(async () => import('./drawing.js'));

const scope = 'view:timeline';

const hints: readonly Hint[] = [
	{commands: ['timeline.left', 'timeline.right'], words: 'cursor', scope},
	{commands: ['timeline.pageLeft', 'timeline.pageRight'], words: 'scroll', scope},
	{commands: ['chart.zoomIn', 'chart.zoomOut'], words: 'zoom'},
	{commands: ['timeline.next', 'timeline.previous'], words: 'next', scope},
	{commands: ['timeline.jump'], words: 'root cause', scope},
	{commands: ['timeline.gap'], words: 'gap from here', short: 'gap', scope},
	{commands: ['timeline.edgeBack', 'timeline.edgeForward'], words: 'along', scope},
	{commands: ['timeline.visitedBack', 'timeline.visitedForward'], words: 'visited', scope},
	{commands: ['timeline.follow'], words: 'follow', scope},
	{commands: ['timeline.before'], words: 'before', scope},
];

/** Who ran, owned and waited, lane by lane, and who is to blame for a wait. */
export const view: DeskView = {
	id: 'timeline',
	key: '3',
	title: 'timeline',
	words: {
		recording:
			'A recording, slice by slice: what each CPU was seen to do (interrupts, the worker, doorbells, ' +
			'waits for qlock), and who rang while somebody waited. What was not recorded is said.',
		run:
			'The run, slice by slice: vCPUs, the thread that serves the device, owners of qlock and of the BQL, ' +
			'from 100 ms to 1 us a column; who is to blame for a wait, to the root.',
	},
	keys: [
		['left h', 'timeline.left'],
		['right l', 'timeline.right'],
		['up k', 'timeline.laneUp'],
		['down j', 'timeline.laneDown'],
		['< pgup', 'timeline.pageLeft'],
		['> pgdn', 'timeline.pageRight'],
		['n', 'timeline.next'],
		['N', 'timeline.previous'],
		['v', 'timeline.kind'],
		['enter', 'timeline.jump'],
		['c', 'timeline.follow'],
		['[', 'timeline.edgeBack'],
		[']', 'timeline.edgeForward'],
		['(', 'timeline.visitedBack'],
		[')', 'timeline.visitedForward'],
		['m', 'timeline.gap'],
		['b', 'timeline.before'],
		['0 G end', 'timeline.live'],
	],
	commands: timelineCommands,
	explains: ({subject}) => explainedWord(timelineOf(subject)),
	zoom: zoomTimeline,
	hints: () => hints,
	legend: {
		run: {
			words: [
				['cell', 'the state with most of its time; a spin or an interrupt of a tenth of it or more wins'],
				[
					'blame',
					'who has what the victim waits for longest, and what that one waits for himself, to the root',
				],
				['visited', 'places that n, Enter and c went to; ( and ) go back and forward'],
			],
		},
	},
	draw(scene) {
		drawing().drawTimeline(scene);
		return undefined;
	},
};
