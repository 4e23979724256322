import {expect, test} from 'vitest';
import {type Change} from '../../source/parameters/configuration.js';
import {startRun} from '../../source/session/live-run.js';
import {sessionOf as savedOf, sessionText} from '../../source/session/saved-session.js';
import {type Session} from '../../source/session/session.js';
import {runDesk, sessionOf, shippedPreset, smallPreset} from './small-run.js';

const ms = 1_000_000;
const stall: Change = {at: 40 * ms, set: {'host.stall': 10 * ms}};
const unlock: Change = {at: 60 * ms, set: {'driver.lockPolicy': 'kick-after-unlock'}};

const begun = (): Session => sessionOf(shippedPreset('seed-2019-kick-under-lock'), {sets: {warmup: 20 * ms}});

/** The hash at a time of a run that has the changes from its start. */
function straight({run, window}: Session, changes: readonly Change[], time: number): string {
	const {timeline} = startRun(run.start, Number(run.start.parameters.seed), window, changes);
	timeline.advance(time);
	return timeline.eventHash();
}

test('a planned change is made at its time, and the run is that of a run with it from the start', () => {
	const session = begun();
	session.plan(unlock);
	session.plan(stall);
	expect(session.run.script.next?.at).toBe(stall.at);
	for (let time = 7; time <= 100; time += 7) {
		session.advanceTo(time * ms);
	}

	expect(session.run.script.next).toBeUndefined();
	expect(session.run.timeline.changes).toEqual([stall, unlock]);
	expect(session.run.timeline.eventHash()).toBe(straight(session, [stall, unlock], session.now));
	expect(session.token).toContain("--change '40ms host.stall=10ms'");
	expect(session.run.log.upTo(session.now)).toHaveLength(2);
});

test('steps of events and columns make it too, neither before its time nor behind an event after it', () => {
	const session = begun();
	session.advanceTo(stall.at - 3000);
	session.plan(stall);
	for (let step = 0; step < 200 && session.run.script.next !== undefined; step++) {
		session.stepEvent();
	}

	session.stepFrame(ms);
	expect(session.run.timeline.changes).toEqual([stall]);
	expect(session.run.timeline.eventHash()).toBe(straight(session, [stall], session.now));
});

test('gone back and on as a fork, a run makes again what comes; undo comes back to the one before', () => {
	const session = begun();
	session.plan(stall);
	session.advanceTo(70 * ms);
	session.look(30 * ms);
	expect(session.run.script.upcoming(session.now)).toEqual([stall]);
	session.fork();
	session.advanceTo(70 * ms);
	expect(session.run.timeline.eventHash()).toBe(straight(session, [stall], 70 * ms));
	session.look(50 * ms);
	session.fork();
	expect(session.run.script.upcoming(session.now)).toEqual([]);
	session.undo();
	expect([session.now, session.run.script.next]).toEqual([70 * ms, undefined]);
});

test('one at the same time is one change with it; a new value replaces the old one, and nothing is nothing', () => {
	const session = begun();
	session.plan(stall);
	session.plan({at: stall.at, set: {'host.load': 1}});
	session.plan({at: stall.at, set: {'host.stall': 5 * ms}});
	expect(session.run.script.next).toEqual({at: stall.at, set: {'host.stall': 5 * ms, 'host.load': 1}});
	expect([session.unplan(stall.at), session.unplan(stall.at)]).toEqual([true, false]);
	session.advanceTo(50 * ms);
	expect(() => {
		session.plan(stall);
	}).toThrow('40ms has passed: the run is at 50ms');
	expect(() => {
		session.plan({at: 60 * ms, set: {'guest.vcpus': 4}});
	}).toThrow('takes effect in a new run only');
});

test('a session file keeps what is to come', () => {
	const session = begun();
	session.plan(stall);
	session.plan(unlock);
	session.advanceTo(50 * ms);
	const saved = savedOf(sessionText(session.run), 'a.session.json');
	expect(saved?.planned).toEqual([unlock]);
	const again = sessionOf({...session.run.preset, configuration: session.run.start});
	again.restore(saved ?? {acts: [], end: 0, events: 0, planned: []});
	for (let index = 0; index < 50 && again.isUnderWay; index++) {
		again.advance(10);
	}

	again.advanceTo(90 * ms);
	session.advanceTo(90 * ms);
	expect(again.run.timeline.eventHash()).toBe(session.run.timeline.eventHash());
	expect(again.run.timeline.changes).toEqual([stall, unlock]);
});

test('each stroke acts, also one with the value of the one before', () => {
	const session = begun();
	session.advanceTo(30 * ms);
	for (const at of [30, 60]) {
		session.advanceTo(at * ms);
		session.set('host.stall', 10 * ms);
	}

	session.advanceTo(90 * ms);
	const twice = [30, 60].map(at => ({at: at * ms, set: {'host.stall': 10 * ms}}));
	expect(session.run.timeline.changes).toEqual(twice);
	expect(session.run.timeline.eventHash()).not.toBe(straight(session, twice.slice(0, 1), 90 * ms));
});

test('the palette plans, lists what is planned, and takes it away; the first row says when it comes', () => {
	const {controller, session} = runDesk(sessionOf(smallPreset('small')));
	const type = (text: string): void => {
		controller.press(':');
		controller.paste(text);
		controller.press('enter');
	};

	type('at 2s host.load 1');
	expect(controller.state.notice?.text).toBe('planned for 2s; : at 2s nothing takes it away');
	expect(session.run.script.next).toEqual({at: 2000 * ms, set: {'host.load': 1}});
	const {caption, run} = controller.look();
	expect(caption.state).toContain('» 2.000 s');
	expect(run?.planned).toEqual([{at: 2000 * ms, text: 'host load 1'}]);
	type('at 2s nothing');
	expect(session.run.script.next).toBeUndefined();
	type('at 3s nothing');
	expect(controller.state.notice?.text).toContain('nothing is planned for');
	type('at never host.load=1');
	expect(controller.state.overlay).toMatchObject({kind: 'palette', error: expect.any(String) as string});
});

test('in the palette an example of a phrase goes into the field, and a command by its name is the command', () => {
	const {controller, session} = runDesk(sessionOf(smallPreset('small')));
	controller.press(':');
	controller.paste('goto');
	controller.press('enter');
	expect(controller.state.overlay).toMatchObject({kind: 'palette', text: 'goto 460ms'});
	controller.press('esc');
	controller.press(':');
	controller.paste('save as a pre');
	controller.press('enter');
	expect(controller.state.overlay?.kind).toBe('save');
	controller.press('esc');
	controller.press(':');
	controller.paste('speed 1:500');
	controller.press('enter');
	expect(session.speed).toBe(1 / 500);
});
