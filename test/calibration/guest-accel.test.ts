import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {readRecordings} from '../../source/commands/read-recordings.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {wholePasses} from '../../source/calibration/guest-accel.js';
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
	},
);
