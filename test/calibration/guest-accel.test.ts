import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {readRecordings} from '../../source/commands/read-recordings.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {handlerSpeed, wholePasses} from '../../source/calibration/guest-accel.js';
import {calibration} from '../../source/calibration/calibration.js';
import {exported} from '../export/export-run.js';
import {fixture} from '../trace/trace-lines.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'vqlab-accel-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

test.each(['base_flood1_p1', 'base_flood1_p2', 'base_xfer1_p0'])(
	'%s, under TCG: no run of the worker ends in the middle of a pass',
	async name => {
		const {guest} = await readRecordings(
			{guest: fixture(`${name}.guest`), host: undefined, device: undefined},
			new Interrupt(),
			noProgress,
		);
		expect(wholePasses(guest)).toMatch(/^0 of \d+ runs of the worker/v);
		expect(handlerSpeed(guest)?.accel).toBe('tcg');
	},
);

test.each(['seed-2019-kick-under-lock', 'pause-loop-exits', 'mapped-doorbell'])(
	'%s, under KVM: interrupts come in the middle of passes',
	async preset => {
		const file = path.join(folder, 'guest.txt');
		writeFileSync(file, await exported(preset, 'ftrace', ['duration=100ms', 'warmup=20ms']));
		const {guest} = await readRecordings(
			{guest: file, host: undefined, device: undefined},
			new Interrupt(),
			noProgress,
		);
		expect(wholePasses(guest)).toBe(null);
		expect(handlerSpeed(guest)?.accel).toBe('kvm');
	},
);

test('one interrupt for all that was done, under KVM: the handler is too fast for translated code', async () => {
	const file = path.join(folder, 'guest.txt');
	writeFileSync(file, await exported('crosvm-one-signal', 'ftrace', ['duration=60ms', 'warmup=10ms']));
	const {guest} = await readRecordings(
		{guest: file, host: undefined, device: undefined},
		new Interrupt(),
		noProgress,
	);
	expect(wholePasses(guest)).toMatch(/^0 of \d+ runs of the worker/v);
	expect(handlerSpeed(guest)?.accel).toBe('kvm');
	const accel = calibration(guest, null, 0, {}).materials.map(({estimates}) =>
		estimates.filter(({key}) => key === 'host.accel').map(({value, provenance}) => [value, provenance]),
	);
	expect(accel).toEqual([[['kvm', 'inferred']]]);
});

test('a handler in between says nothing', async () => {
	const file = path.join(folder, 'guest.txt');
	writeFileSync(file, await exported('testbed', 'ftrace', ['duration=100ms', 'warmup=20ms']));
	const {guest} = await readRecordings(
		{guest: file, host: undefined, device: undefined},
		new Interrupt(),
		noProgress,
	);
	expect(handlerSpeed(guest)).toBe(null);
});
