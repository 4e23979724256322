import {type Controller, type DeskCommand} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {type Excerpt, type Wait} from '../../tracking/excerpt.js';
import {waitBehind} from './command-blame.js';
import {type TimelineDesk, timelineOf} from './desk.js';
import {longestLockWait} from './longest-wait.js';
import {blameWords, waitWords} from './words.js';

const lanes = laterPart(async () => import('./lanes.js'));

type Act = (desk: TimelineDesk, controller: Controller) => void;

/**
The chain of the selected wait, one link further; where there is none selected,
the longest wait that is shown.
*/
function jumpAlong(desk: TimelineDesk, controller: Controller): void {
	desk.hold();
	const excerpt = desk.whole();
	desk.wait = desk.chain(excerpt).length > 0 ? desk.wait : (behindCommand(desk, excerpt) ?? longestLockWait(excerpt));
	const chain = desk.chain(excerpt);
	if (chain.length === 0) {
		controller.say('no wait is selected: n goes to the next one');
		return;
	}

	if (desk.visits.all.length === 0) {
		desk.select(chain[0].wait, wordsOf(excerpt, chain[0]), excerpt);
	}

	if (chain.length === 1) {
		controller.say(`the root: ${blameWords(excerpt, chain[0])}`);
		return;
	}

	desk.select(chain[1].wait, wordsOf(excerpt, chain[1]), excerpt);
	desk.cursorTo(chain[1].wait.start);
	controller.say(`${waitWords(excerpt, chain[1].wait)}: ${blameWords(excerpt, chain[1])}`);
}

/** What kept the followed command waiting. */
function behindCommand(desk: TimelineDesk, excerpt: Excerpt): Wait | undefined {
	const life = desk.followed === undefined ? undefined : desk.life(excerpt);
	return life === undefined ? undefined : waitBehind(excerpt, life);
}

const wordsOf = (excerpt: Excerpt, blame: Parameters<typeof blameWords>[1]): string =>
	`${waitWords(excerpt, blame.wait)}   ${blameWords(excerpt, blame)}`;

/** Follows the command at the cursor; again: the next one that is under way there. */
function follow(desk: TimelineDesk, controller: Controller): void {
	desk.hold();
	const {cursor, followed} = desk;
	const there = desk
		.whole()
		.commands.filter(({published, responded}) => published <= cursor && (responded < 0 || responded > cursor));
	const index = there.findIndex(({queue, number}) => queue === followed?.queue && number === followed.number);
	const next = there[(index + 1) % Math.max(1, there.length)];
	if (next === undefined) {
		controller.say('no command is in the ring at the cursor');
		return;
	}

	desk.commands.follow({queue: next.queue, number: next.number});
	controller.say(`follows command ${next.number}, ${there.indexOf(next) + 1} of ${there.length} in the ring here`);
}

/** To the edge of the followed command before or after the cursor. */
function edge(desk: TimelineDesk, controller: Controller, direction: -1 | 1): void {
	desk.hold();
	const life = desk.life(desk.whole());
	if (life === undefined) {
		controller.say('no command is followed: c follows the one at the cursor');
		return;
	}

	const {number, queue, type, thread, ...times} = life;
	const sorted = Object.entries(times)
		.filter(([, time]) => time >= 0)
		.toSorted(([, a], [, b]) => a - b);
	const next =
		direction > 0
			? sorted.find(([, time]) => time > desk.cursor)
			: sorted.findLast(([, time]) => time < desk.cursor);
	if (next === undefined) {
		controller.say(`no ${direction > 0 ? 'later' : 'earlier'} edge of command ${number}`);
		return;
	}

	desk.cursorTo(next[1]);
	controller.say(`command ${number}: ${next[0]}`);
}

/** A ruler from the nearest edge of the selected lane to the cursor; again: none. */
function gap(desk: TimelineDesk, controller: Controller): void {
	desk.hold();
	if (desk.pin !== undefined) {
		desk.pin = undefined;
		controller.say('the ruler is gone');
		return;
	}

	desk.pin = snapped(desk);
	controller.say('ruler from here: ← → measure, m takes it away');
}

/** The same kind of cycle before the last change under each lane; again: none. */
function beforeOnOff({before}: TimelineDesk, controller: Controller): void {
	if (before.change === undefined) {
		controller.say('no change has been made: there is no before');
		return;
	}

	before.isOn = !before.isOn;
	controller.say(before.isOn ? 'dim, under each lane: the longest wait before the change' : 'without the before');
}

/** The edge of the selected lane within two columns of the cursor, else the cursor. */
function snapped(desk: TimelineDesk): number {
	const {cursor, column} = desk;
	const track = lanes().laneTracks(desk.whole(), desk.laneKeys)[desk.lane];
	let best = cursor;
	let distance = 2 * column;
	for (const {start} of track?.segments ?? []) {
		if (Math.abs(start - cursor) < distance) {
			best = start;
			distance = Math.abs(start - cursor);
		}
	}

	return best;
}

const moveLane = (desk: TimelineDesk, by: number): void => {
	desk.hold();
	desk.lane = Math.max(0, Math.min(desk.laneKeys.length - 1, desk.lane + by));
};

const rows: ReadonlyArray<readonly [id: string, label: string, act: Act]> = [
	[
		'timeline.left',
		'cursor left',
		desk => {
			desk.moveCursor(-1);
		},
	],
	[
		'timeline.right',
		'cursor right',
		desk => {
			desk.moveCursor(1);
		},
	],
	[
		'timeline.laneUp',
		'lane above',
		desk => {
			moveLane(desk, -1);
		},
	],
	[
		'timeline.laneDown',
		'lane below',
		desk => {
			moveLane(desk, 1);
		},
	],
	[
		'timeline.pageLeft',
		'scroll back',
		desk => {
			desk.scroll(-Math.floor(desk.width / 2));
		},
	],
	[
		'timeline.pageRight',
		'scroll forward',
		desk => {
			desk.scroll(Math.floor(desk.width / 2));
		},
	],
	[
		'timeline.next',
		'next of the kind',
		desk => {
			desk.jump(1);
		},
	],
	[
		'timeline.previous',
		'previous of the kind',
		desk => {
			desk.jump(-1);
		},
	],
	[
		'timeline.kind',
		'kind to jump to',
		(desk, controller) => {
			desk.finder.next();
			controller.say(`n and N go to: ${desk.kind}`);
		},
	],
	['timeline.jump', 'along the blame, to the root', jumpAlong],
	['timeline.follow', 'follow a command', follow],
	[
		'timeline.edgeBack',
		'edge of it before',
		(desk, controller) => {
			edge(desk, controller, -1);
		},
	],
	[
		'timeline.edgeForward',
		'edge of it after',
		(desk, controller) => {
			edge(desk, controller, 1);
		},
	],
	[
		'timeline.visitedBack',
		'back to where one was',
		(desk, controller) => {
			if (!desk.revisit(-1)) {
				controller.say('this is the first place visited');
			}
		},
	],
	[
		'timeline.visitedForward',
		'forward again',
		(desk, controller) => {
			if (!desk.revisit(1)) {
				controller.say('this is the last place visited');
			}
		},
	],
	['timeline.gap', 'ruler from here', gap],
	['timeline.before', 'before the change', beforeOnOff],
	[
		'timeline.live',
		'to the newest',
		desk => {
			desk.lookAtNewest();
		},
	],
];

/** Shorter (-1) or longer columns. */
export function zoomTimeline(controller: Controller, by: -1 | 1): void {
	if (!timelineOf(controller.subject).zoom(by)) {
		controller.say(by < 0 ? '1 us a column is the finest' : '100 ms a column is the longest');
	}
}

/** Moving in the timeline. */
export const timelineCommands: readonly DeskCommand[] = rows.map(([id, label, act]) => ({
	id,
	label,
	column: 'view',
	can: ({subject}) => subject.excerpt !== undefined,
	run(controller) {
		act(timelineOf(controller.subject), controller);
	},
}));
