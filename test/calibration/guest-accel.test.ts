import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {readRecordings} from '../../source/commands/read-recordings.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {handlerSpeed, mergedInterrupts, wholePasses} from '../../source/calibration/guest-accel.js';
import {calibration} from '../../source/calibration/calibration.js';
import {exported} from '../export/export-run.js';
import {type GuestRecording} from '../../source/trace/recording/guest-recording.js';
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

test('without event indices, under KVM, long runs of the worker have several interrupts', async () => {
	const file = path.join(folder, 'guest.txt');
	writeFileSync(
		file,
		await exported('testbed', 'ftrace', [
			'host.accel=kvm',
			'queue.eventIdx=false',
			'duration=100ms',
			'warmup=20ms',
		]),
	);
	const {guest} = await readRecordings(
		{guest: file, host: undefined, device: undefined},
		new Interrupt(),
		noProgress,
	);
	expect(mergedInterrupts(guest)).toBe(null);
});

/** Runs of five responses with so many interrupts each, which end before the run does. */
function longRuns(interrupts: number): Pick<GuestRecording, 'irqs' | 'runs'> {
	const starts = Array.from({length: 8}, (_, index) => 1000 * (index + 1));
	return {
		irqs: starts.flatMap(start =>
			Array.from({length: interrupts}, (_, index) => ({
				queue: 0,
				cpu: 0,
				isIdle: true,
				entry: start - 100 + 20 * index,
				queued: start - 90,
				exit: start - 80,
			})),
		),
		runs: starts.map(start => ({
			queue: 0,
			cpu: 0,
			start,
			queued: start - 90,
			isIdle: true,
			end: start + 300,
			responses: Array.from({length: 5}, (_, index) => ({time: start + index, type: 0x1_01, command: index})),
			lockWait: 0,
		})),
	};
}

test('without event indices one interrupt for a pass says that it waited for its end', () => {
	expect(mergedInterrupts(longRuns(1))).toMatch(/^8 of 8 runs of the worker with 4 responses or more had one/v);
	expect(mergedInterrupts(longRuns(3))).toBe(null);
	expect(mergedInterrupts({irqs: [], runs: []})).toBe(null);
});
