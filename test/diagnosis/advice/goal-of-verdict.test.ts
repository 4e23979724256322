import {expect, test} from 'vitest';
import {constraintsOf, goalOfVerdict} from '../../../source/diagnosis/advice/goal-of-verdict.js';
import {mechanismOf} from '../../../source/diagnosis/advice/mechanism.js';
import {measureOf} from '../../../source/diagnosis/advice/confirm.js';
import {metrics as table} from '../../../source/metrics/metric-table.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
import {runSimulation} from '../../../source/run/run.js';

function runOf(name: string, duration: number) {
	const configuration = configurationOf(loadPreset(name));
	const {metrics} = runSimulation({configuration, seed: 1, warmup: 0, duration, changes: [], window: duration});
	return {configuration, metrics};
}

test('a paced client asks for its frames, a game for less spinning', () => {
	const game = runOf('seed-2019-kick-under-lock', 5_000_000);
	expect(goalOfVerdict('worker-spin', game.metrics, game.configuration)).toEqual({
		path: 'lock.spin.worker',
		better: 'lower',
	});
	expect(
		constraintsOf({path: 'lock.spin.worker', better: 'lower'}, game.metrics, game.configuration).map(
			({path}) => path,
		),
	).toEqual(['throughput.completed']);
	const desktop = runOf('fence-poll-120hz', 500_000_000);
	expect(goalOfVerdict('fence-poll', desktop.metrics, desktop.configuration).path).toBe('frames.compositor.missed');
	expect(
		constraintsOf({path: 'latency.p99', better: 'lower'}, desktop.metrics, desktop.configuration).map(
			({path}) => path,
		),
	).toEqual(['frames.compositor.perSecond']);
});

test('a knob that cannot matter says why in figures, one that may says nothing', () => {
	const {configuration} = runOf('seed-2019-kick-under-lock', 1_000_000);
	const figures = {
		'ring.numFree.min': 58,
		'ring.fullWaits': 0,
		'lock.waits.workerOnNotify': 9500,
		'lock.acquisitions': 54_800,
	};
	expect(mechanismOf('queue.size', figures, configuration)?.why).toBe(
		'58.0 or more of 64 slots are always free: its size cannot matter',
	);
	expect(mechanismOf('queue.size', {...figures, 'ring.numFree.min': 0}, configuration)).toBeUndefined();
	expect(mechanismOf('driver.lockPolicy', figures, configuration)).toBeUndefined();
	expect(
		mechanismOf('driver.lockPolicy', {...figures, 'lock.waits.workerOnNotify': 0}, configuration)?.evidence[0]
			.metric,
	).toBe('lock.waits.workerOnNotify');
	expect(mechanismOf('no.such', figures, configuration)).toBeUndefined();
});

test('each goal can be measured on a real machine', () => {
	for (const path of [
		'lock.spin.worker',
		'throughput.completed',
		'latency.p99',
		'frames.x.missed',
		'ring.fullWaits',
	]) {
		expect(measureOf(path)).not.toBe(path);
	}

	expect(table.length).toBeGreaterThan(0);
});
