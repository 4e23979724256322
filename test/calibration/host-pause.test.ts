import {expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {readRecordings} from '../../source/commands/read-recordings.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {calibration} from '../../source/calibration/calibration.js';
import {configured, noFactors} from '../../source/calibration/material.js';
import {pauseFaults, withoutPause} from '../../source/calibration/host-pause.js';
import {fixture} from '../trace/trace-lines.js';

const usual = Array.from({length: 30}, (_, index) => ({start: 1000 * index, time: 100_000 + index}));

test.each([
	['far off and once', [{start: 7, time: 3_000_000}], {start: 7, end: 3_000_007}],
	[
		'twice is a habit',
		[
			{start: 7, time: 3_000_000},
			{start: 9, time: 2_900_000},
		],
		null,
	],
	['short', [{start: 7, time: 900_000}], null],
	[
		'not far from the next',
		[
			{start: 7, time: 3_000_000},
			{start: 9, time: 1_000_000},
		],
		null,
	],
])('a pause: %s', (_, late, pause) => {
	const found = withoutPause([...usual, ...late]);
	expect(found.pause).toEqual(pause);
	expect(found.samples.count).toBe(usual.length + late.length - (pause === null ? 0 : 1));
});

test('few samples show no habit', () => {
	expect(withoutPause([...usual.slice(0, 10), {start: 7, time: 3_000_000}]).pause).toBe(null);
	expect(withoutPause([]).pause).toBe(null);
});

test('faults are placed in the load, and come once in its length', () => {
	const load = {start: 50_000, span: 1_000_000, offset: 40_000};
	expect(
		pauseFaults(
			[
				{start: 20_000, end: 25_000},
				{start: 0, end: 5000},
			],
			[{start: 60_000, end: 63_000, cpu: 1}],
			load,
		),
	).toEqual([
		{kind: 'host-stall', at: 10_000, for: 5000, every: 1_000_000},
		{kind: 'vcpu-preempt', vcpu: 1, at: 10_000, for: 3000, every: 1_000_000},
	]);
});

test('the host stood still in the middle of a burst: it does so in the preset, and no command is dear for it', async () => {
	const {guest, host} = await readRecordings(
		{guest: fixture('base_xfer1_p0.guest'), host: fixture('base_xfer1_p0.host'), device: undefined},
		new Interrupt(),
		noProgress,
	);
	const {materials, findings} = calibration(guest, host, 2, {});
	const {faults, parameters} = configured(materials[0], noFactors);
	expect(faults).toMatchObject([{kind: 'host-stall'}]);
	expect(faults[0].for).toBeGreaterThan(3_800_000);
	expect(findings.join('\n')).toMatch(/the host stood still once, for 3\.9 ms, 0\.\d{3} s after the first command/v);
	const service = JSON.stringify(parameters['device.cost.TRANSFER_TO_HOST_2D']);
	expect(Math.max(...(service.match(/\d+(?=\])/gv) ?? []).map(Number))).toBeLessThan(200_000);
});
