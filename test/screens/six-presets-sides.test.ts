import {createHash} from 'node:crypto';
import {expect, test} from 'vitest';
import {StillClock, StillDesk} from '../../source/dashboard/still-desk.js';
import {themeOf} from '../../source/dashboard/theme.js';
import {RunSubject} from '../../source/session/run-subject.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {MemoryFiles, MemoryShelf, sessionOf, shippedPreset} from '../session/small-run.js';
import {fixedAdvice, HandAdviser} from '../views/fixed-advice.js';

const ms = 1_000_000;
const names = [
	'seed-2019-kick-under-lock',
	'ring-full',
	'lost-kick',
	'fence-poll-120hz',
	'compositor-60hz',
	'testbed',
] as const;
const sizes = [
	[60, 18],
	[80, 24],
	[120, 36],
	[200, 60],
	[240, 70],
] as const;

/** A preset at 100 ms, with somebody who knows an advice already. */
function opened(name: string) {
	const clock = new StillClock();
	const session = sessionOf(shippedPreset(name), {clock: clock.read, speed: 1 / 10});
	const adviser = new HandAdviser();
	const subject = new RunSubject(
		{session, shelf: new MemoryShelf(), files: new MemoryFiles(), adviser},
		new SnapshotMaker(session, {clock: clock.read, columns: 1}),
	);
	session.advanceTo(100 * ms);
	return {session, adviser, desk: {subject, clock}};
}

type Desk = ReturnType<typeof opened>['desk'];

/** A hash of the screen at each size: in both character sets, with colour and without. */
function hashesOf(desk: Desk, view: 'advice' | 'compare'): readonly string[] {
	return sizes.map(([columns, rows]) => {
		const draw = (ascii: boolean) => {
			const still = new StillDesk({...desk, size: {columns, rows}, ascii, theme: 'night'});
			still.controller.update({view});
			return still.draw();
		};

		const unicode = draw(false);
		const plain = unicode.text();
		const ascii = draw(true).text();
		expect(ascii.join('\n')).toMatch(/^[\n -~]*$/v);
		expect(plain.join('\n')).not.toMatch(/undefined|NaN|Infinity/v);
		for (const row of [...plain, ...ascii]) {
			expect(row).toHaveLength(columns);
		}

		const painted = unicode.paint(themeOf('night', 'truecolor'));
		// eslint-disable-next-line no-control-regex -- the sequences that are taken away
		expect(painted.map(row => row.replaceAll(/\u001B\[[\d;]*m/gv, ''))).toEqual(plain);
		const hash = createHash('sha256').update([...plain, ...ascii, ...painted].join('\n'));
		return `${columns}x${rows} ${hash.digest('hex').slice(0, 16)}`;
	});
}

test.each(names)('%s: the view compare is what it was at every size, of a fork with a smaller ring', name => {
	const {session, desk} = opened(name);
	const {controller} = new StillDesk({...desk, size: {columns: 120, rows: 36}, ascii: false, theme: 'night'});
	controller.press('B');
	session.set('queue.size', 16);
	for (let time = 110; time <= 220; time += 10) {
		session.advanceTo(time * ms);
	}

	expect(session.lockstep).toBeDefined();
	expect(hashesOf(desk, 'compare')).toMatchSnapshot();
});

test.each(names)('%s: the view advice is what it was at every size, with an advice', name => {
	const {adviser, desk} = opened(name);
	const {controller} = new StillDesk({...desk, size: {columns: 120, rows: 36}, ascii: false, theme: 'night'});
	controller.press('6');
	controller.attend(true);
	adviser.jobs[0].document = fixedAdvice;
	controller.attend(true);
	expect(hashesOf(desk, 'advice')).toMatchSnapshot();
});
