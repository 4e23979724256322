import {expect, test} from 'vitest';
import {initialState} from '../../source/session/interface-state.js';
import {type OverviewSnapshot} from '../../source/session/snapshot.js';
import {SnapshotMaker} from '../../source/session/snapshot-maker.js';
import {fullSpeed} from '../../source/session/speed.js';
import {type Simulation} from '../../source/simulation/simulation.js';
import {screenOf} from '../screens/render-screen.js';
import {sessionOf, shippedPreset} from './small-run.js';

/**
Runs a preset in a session until it stands still: what the screen shows, and the simulation to ask.
*/
function stalled(name: string): {readonly snapshot: OverviewSnapshot; readonly simulation: Simulation} {
	let wall = 0;
	const session = sessionOf(shippedPreset(name), {clock: () => wall, speed: fullSpeed});
	const {simulation} = session.run;
	const maker = new SnapshotMaker(session, {clock: () => wall, columns: 40});
	for (let slice = 0; slice < 2000 && simulation.stall() === null; slice++) {
		session.advance(20);
		wall += 20;
		maker.take(initialState);
	}

	wall += 1000;
	return {snapshot: maker.take(initialState), simulation};
}

test.each(['lost-kick', 'lost-irq', 'impossible-request'])(
	'%s: a run that stands still shows what is, not what was',
	name => {
		const {snapshot, simulation} = stalled(name);
		const {ring} = simulation.state.guest.core.queues[0];
		const {readings} = snapshot;
		expect(snapshot).toMatchObject({state: 'stalled', isNow: true});
		expect(readings).toMatchObject({
			figures: {'throughput.completed': 0, 'irqs.perSecond': 0, 'ring.numFree.mean': ring.numFree},
			mainLoop: 0,
		});
		const stall = simulation.stall();
		expect(readings.queues[0].free).toBe(ring.numFree);
		expect(readings.queues[0].inFlight).toBeGreaterThanOrEqual(stall?.kind === 'impossible-request' ? 0 : 1);
		for (const vcpu of readings.vcpus) {
			expect(Object.values(vcpu).filter(share => share !== 0)).toEqual([1]);
		}

		const text = screenOf(snapshot, 120, 36).join('\n');
		expect(text).toContain(`now ${ring.numFree}`);
		expect(text).toContain('now 0 cmd/s');
		expect(text).toMatch(/ Queues and lock ─+ now ╮/v);
		expect(text).toContain('CPUs now');
	},
);
