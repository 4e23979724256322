import {expect, test} from 'vitest';
import {costKeys, scaledTime} from '../../../source/experiment/shape/cost-keys.js';
import {isSameWay, sameWayLimit, shapeOf} from '../../../source/experiment/shape/shape.js';
import {runSimulation} from '../../../source/run/run.js';
import {listPresets, loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf, type Preset} from '../../../source/presets/preset.js';

/** Presets without fences whose latency nearly stands still, and why. */
const still: ReadonlyMap<string, string> = new Map([
	['display-swap-blocks', "its median is the wait for a display's vertical blank, and a display keeps time"],
]);

function isFenced({clients}: Preset): boolean {
	return clients.some(client => client.loop.some(({fenced}) => fenced));
}

test('no latency without fences stands still, but for at most two that are named', () => {
	expect(still.size).toBeLessThanOrEqual(2);
	const found = listPresets()
		.filter(preset => !isFenced(preset))
		.filter(preset => {
			const {
				metrics: {
					latency: {p50, p99},
				},
			} = runSimulation({
				configuration: configurationOf(preset),
				seed: 1,
				warmup: 20e6,
				duration: 100e6,
				changes: [],
				window: 100e6,
			});
			return p50 !== null && p99 !== null && p99 < 1.05 * p50;
		});
	expect(found.map(({name}) => name).filter(name => !still.has(name))).toEqual([]);
});

// `npm run shape` looks at every preset, with three times the commands.
test.each(['seed-2019-kick-under-lock', 'fence-under-lock', 'nvme-doorbell-depth'])(
	'%s: no cost moves the median the same way, a tenth shorter and a tenth longer',
	name => {
		const {moves} = shapeOf(loadPreset(name), {commands: 1000});
		expect(moves.length).toBeGreaterThan(10);
		expect(moves.filter(({sameWay}) => sameWay)).toEqual([]);
	},
);

test('both moves beyond the limit, on the same side', () => {
	const more = sameWayLimit * 1.1;
	expect([isSameWay(more, more), isSameWay(-more, -more)]).toEqual([true, true]);
	expect([
		isSameWay(-more, more),
		isSameWay(more, -more),
		isSameWay(sameWayLimit / 2, more),
		isSameWay(-more, 0),
	]).toEqual([false, false, false, false]);
});

test('the costs of a run are its times that are not 0, without the commands that nobody sends', () => {
	const keys = costKeys(configurationOf(loadPreset('halt-polling')));
	expect(keys).toEqual(
		expect.arrayContaining([
			'guest.cost.add',
			'host.cost.loopWake',
			'device.cost.TRANSFER_TO_HOST_2D',
			'driver.fenceWork',
			'guest.timeslice',
		]),
	);
	for (const key of [
		'host.haltPoll',
		'guest.cost.free',
		'device.cost.SUBMIT_3D',
		'guest.cost.prepare.TRANSFER_TO_HOST_2D',
		'guest.cost.spinThreshold',
	]) {
		expect(keys).not.toContain(key);
	}
});

test('a scaled time keeps its shape', () => {
	expect(scaledTime(1001, 1.1)).toBe(1101);
	expect(scaledTime({kind: 'lognormal', median: 100, sigma: 0.4}, 0.5)).toEqual({
		kind: 'lognormal',
		median: 50,
		sigma: 0.4,
	});
	expect(
		scaledTime(
			{
				kind: 'quantiles',
				points: [
					[0, 10],
					[1, 30],
				],
			},
			2,
		),
	).toEqual({
		kind: 'quantiles',
		points: [
			[0, 20],
			[1, 60],
		],
	});
	expect(scaledTime({kind: 'uniform', low: 2, high: 4}, 2)).toEqual({kind: 'uniform', low: 4, high: 8});
	expect(scaledTime({kind: 'exp', mean: 3}, 2)).toEqual({kind: 'exp', mean: 6});
});
