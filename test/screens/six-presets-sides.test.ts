import {expect, test} from 'vitest';
import {StillClock, StillDesk} from '../../source/dashboard/still-desk.js';
import {RunSubject} from '../../source/session/run-subject.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {MemoryFiles, MemoryShelf, sessionOf, shippedPreset} from '../session/small-run.js';
import {fixedAdvice, HandAdviser} from '../views/fixed-advice.js';
import {hashesOf, names} from './view-hashes.js';

const ms = 1_000_000;
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
