import {type Buffer} from 'node:buffer';
import {deserialize, serialize} from 'node:v8';
import {expect, test} from 'vitest';
import {type SessionStart} from '../../source/session/warm-up.js';
import {initialState} from '../../source/session/interface-state.js';
import {runAhead, sessionAhead} from '../../source/session/run-ahead.js';
import {type Session} from '../../source/session/session.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {sessionOf, shippedPreset} from './small-run.js';

const clock = (): number => 0;

/** A session that was simulated ahead, and what it leaves, as it comes back from a file. */
function simulated(name: string): {readonly session: Session; readonly left: SessionStart | undefined} {
	const session = sessionOf(shippedPreset(name));
	const left: SessionStart[] = [];
	runAhead(session, clock, {
		of: () => undefined,
		keep(_, start) {
			left.push(deserialize(serialize(start)) as SessionStart);
		},
	});
	return {session, left: left.at(0)};
}

/** All that a user can see of it. */
function seen(session: Session): unknown {
	const {simulation, recorder, timeline} = session.run;
	const {windows} = recorder;
	return {
		snapshot: JSON.stringify(new SnapshotMaker(session, {clock, columns: 40}).take(initialState)),
		eventHash: simulation.eventHash(),
		metrics: recorder.metrics(),
		windows: Array.from({length: windows.end}, (_, index) => windows.metrics(index, index + 1)),
		record: timeline.record,
		hashes: timeline.hashes,
		speed: session.speed,
	};
}

/** A warm run; one whose warm-up has too many events; one of two queues and few commands. */
const presets = ['seed-2019-kick-under-lock', 'pmem-flush', 'cursor-behind-video'];

test.each(presets)('%s: a session that stands on a head start is the one that left it, and goes on as that', name => {
	const {session, left} = simulated(name);
	if (left === undefined) {
		throw new Error('it left nothing');
	}

	const later = sessionOf(shippedPreset(name));
	later.standAt(left);
	expect(seen(later)).toEqual(seen(session));
	const until = session.now + 30_000_000;
	for (const each of [session, later]) {
		each.advanceTo(until);
	}

	expect(seen(later)).toEqual(seen(session));
});

test('the past of a head start is there', () => {
	const {session, left} = simulated('idle-desktop');
	const later = sessionAhead(() => sessionOf(shippedPreset('idle-desktop')), clock, {
		of: () => left,
		keep: () => undefined,
	});
	for (const each of [session, later]) {
		each.look(120_000_000);
	}

	expect(later.now).toBe(120_000_000);
	expect(later.run.simulation.eventHash()).toBe(session.run.simulation.eventHash());
	later.lookAtPresent();
	expect(later.now).toBe(300_000_000);
});

test('a head start of another run is passed over, and another is left', () => {
	const {left} = simulated('idle-desktop');
	const kept: SessionStart[] = [];
	const session = sessionAhead(() => sessionOf(shippedPreset('cursor-storm')), clock, {
		of: () => left,
		keep(_, start) {
			kept.push(start);
		},
	});
	expect(session.configuration).toEqual(shippedPreset('cursor-storm').configuration);
	expect(session.now).toBe(300_000_000);
	expect(kept).toHaveLength(1);
});

test('a run that stalled leaves nothing', () => {
	expect(simulated('impossible-request').left).toBeUndefined();
});

test('one that took too long leaves how far it came, and the next session goes on from there', () => {
	const kept: SessionStart[] = [];
	const slow = (): (() => number) => {
		let now = 0;
		return () => {
			now += 300;
			return now;
		};
	};

	const open = (): Session => sessionOf(shippedPreset('seed-2019-kick-under-lock'));
	const starts = {
		of: () => kept.at(-1),
		keep(_: Session, start: SessionStart) {
			kept.push(start);
		},
	};
	let session = sessionAhead(open, slow(), starts);
	for (let count = 0; count < 100 && session.now < 300_000_000; count++) {
		session = sessionAhead(open, slow(), starts);
	}

	expect(kept.length).toBeGreaterThan(3);
	expect(seen(session)).toEqual(seen(simulated('seed-2019-kick-under-lock').session));
});

test('a run whose parameters were changed has none', () => {
	const session = sessionOf(shippedPreset('idle-desktop'));
	session.advanceTo(1_000_000);
	expect(session.headStart()).toBeDefined();
	session.set('driver.lockPolicy', 'kick-under-lock');
	session.set('driver.lockPolicy', 'kick-after-unlock');
	expect(session.headStart()).toBeUndefined();
});

test.each(presets)('%s: what a session left stays as it was, whatever the session does next', name => {
	const kept: Array<{readonly start: SessionStart; readonly bytes: Buffer}> = [];
	const session = sessionOf(shippedPreset(name));
	runAhead(session, clock, {
		of: () => undefined,
		keep(_, start) {
			kept.push({start, bytes: serialize(start)});
		},
	});
	session.set('guest.timeslice', '60ms');
	session.advanceTo(session.now + 30_000_000);
	session.set('guest.timeslice', '70ms');
	session.look(1_000_000);
	session.set('guest.timeslice', '80ms');
	session.advanceTo(session.now + 30_000_000);
	expect(kept.map(({start, bytes}) => serialize(start).equals(bytes))).toEqual([true]);
});

test('one with a change, or with something done later, is none', () => {
	const {left} = simulated('idle-desktop');
	if (left === undefined) {
		throw new Error('it left nothing');
	}

	for (const act of [
		{at: 1000, set: {'driver.lockPolicy': 'kick-under-lock'}},
		{at: left.run.time + 1, events: 1},
	]) {
		const run = {...left.run, acts: [...left.run.acts, act]};
		expect(() => {
			sessionOf(shippedPreset('idle-desktop')).standAt({...left, run});
		}).toThrow('another run');
	}
});
