import {expect, test} from 'vitest';
import {groupAxes} from '../../source/metrics/life-groups.js';
import {heatRow} from '../../source/metrics/life-heat.js';
import {sessionOf, shippedPreset} from '../session/small-run.js';

const ms = 1_000_000;

function ranFor(time: number) {
	const session = sessionOf(shippedPreset('testbed'), {sets: {warmup: 10 * ms}});
	session.advanceTo(time);
	return session;
}

test('each axis has every command, and means and extremes of the whole', () => {
	const {run} = ranFor(60 * ms);
	const {latency} = run.recorder.commands;
	for (const axis of groupAxes) {
		const groups = run.groups.groups(axis);
		const sum = (of: (group: (typeof groups)[number]) => number): number =>
			groups.reduce((total, group) => total + of(group), 0);
		expect(sum(({count}) => count)).toBe(latency[0].count + latency[1].count);
		expect(sum(({count, mean}) => count * mean)).toBeCloseTo((latency[0].sum + latency[1].sum) / 1000, 3);
		expect(Math.max(...groups.map(({max}) => max))).toBe(Math.max(latency[0].max, latency[1].max) / 1000);
	}
});

test('gone back, they know what they knew, and go on to the same', () => {
	const session = ranFor(90 * ms);
	const known = () => {
		const {groups, heat, timeline} = session.run;
		heat.advance(timeline.now);
		const rows = Math.floor(timeline.now / heatRow);
		return [groupAxes.map(axis => groups.groups(axis)), heat.counted(0, rows)];
	};

	const later = known();
	session.look(50 * ms);
	const then = known();
	expect(then).not.toEqual(later);
	session.fork();
	session.advanceTo(90 * ms);
	expect(known()).toEqual(later);
	const straight = ranFor(50 * ms);
	straight.run.heat.advance(50 * ms);
	expect(then).toEqual([
		groupAxes.map(axis => straight.run.groups.groups(axis)),
		straight.run.heat.counted(0, (50 * ms) / heatRow),
	]);
});
