import {type DeskCommand} from './controller.js';
import {type Stretch} from './stretch.js';

/** A step of the arrows, as a share of what is shown. */
const step = 1 / 8;

const rows: ReadonlyArray<readonly [id: string, label: string, run: (stretch: Stretch) => void]> = [
	[
		'history.left',
		'scroll back',
		stretch => {
			stretch.scroll(-Math.max(1, Math.round(stretch.columns * step)));
		},
	],
	[
		'history.right',
		'scroll forward',
		stretch => {
			stretch.scroll(Math.max(1, Math.round(stretch.columns * step)));
		},
	],
	[
		'history.back',
		'back one column',
		stretch => {
			stretch.scroll(-1);
		},
	],
	[
		'history.forward',
		'forward one column',
		stretch => {
			stretch.scroll(1);
		},
	],
	[
		'history.pageBack',
		'back one screen',
		stretch => {
			stretch.scroll(-stretch.columns);
		},
	],
	[
		'history.pageForward',
		'forward one screen',
		stretch => {
			stretch.scroll(stretch.columns);
		},
	],
	[
		'history.start',
		'to the start',
		stretch => {
			stretch.scroll(-Infinity);
		},
	],
	[
		'history.live',
		'to the newest',
		stretch => {
			stretch.follow();
		},
	],
	[
		'history.whole',
		'all of it',
		stretch => {
			stretch.showWhole();
		},
	],
];

/** Moving the stretch that is shown, where the subject can be sought. */
export const historyCommands: readonly DeskCommand[] = rows.map(([id, label, run]) => ({
	id,
	label,
	column: 'time',
	can: ({subject}) => subject.canSeek,
	run({stretch}) {
		run(stretch);
	},
}));
