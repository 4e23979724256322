import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {valueOf} from '../../source/simulation/parameters/resolve-clients.js';
import {type CalibrateResult, runCalibrateCommand} from '../../source/commands/calibrate.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {Distribution} from '../../source/engine/distribution.js';
import {type ClientSpec, type ParameterValue} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {parseSets} from '../../source/simulation/parameters/parse-set.js';
import {loadPreset, presetFromText} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {type CommandName, isCommandName} from '../../source/devices/gpu/commands.js';
import {exported} from '../export/export-run.js';

/**
Time stamps are whole microseconds, so the mean of some hundred of them is good for a tenth of one.
*/
const resolution = 100;

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-round-trip-'));

type RoundTrip = {readonly truth: Configuration; readonly found: Configuration; readonly result: CalibrateResult};

/** What a guest and QEMU would have recorded of a preset: two files, written once. */
const recordings = new Map<string, {readonly guest: string; readonly host: string}>();

async function recordingOf(preset: string, settings: readonly string[]): Promise<{guest: string; host: string}> {
	const key = [preset, ...settings].join(' ');
	const known = recordings.get(key);
	if (known !== undefined) {
		return known;
	}

	const [guest, host] = ['guest', 'host'].map(side => path.join(folder, `${side}-${recordings.size}.txt`));
	writeFileSync(guest, await exported(preset, 'ftrace', [...settings, 'warmup=20ms']));
	writeFileSync(host, await exported(preset, 'qemu-log', [...settings, 'warmup=20ms']));
	recordings.set(key, {guest, host});
	return {guest, host};
}

/** Runs a preset, and calibrates what would have been recorded of it. */
async function roundTrip(preset: string, settings: readonly string[], withHost: boolean): Promise<RoundTrip> {
	const {guest, host} = await recordingOf(preset, settings);
	const result = await runCalibrateCommand([guest], {
		host: withHost ? host : undefined,
		set: [],
		format: 'text',
		interrupt: new Interrupt(),
		progress: noProgress,
	});
	return {
		truth: configurationOf(loadPreset(preset), parseSets(settings)),
		found: configurationOf(presetFromText(result.preset)),
		result,
	};
}

/**
A distribution's mean, ns; a command's own key that is left at inherit has that of all commands.
*/
function meanOf(configuration: Configuration, key: string): number {
	const value = valueOf(configuration, key);
	return mean(value === 'inherit' ? valueOf(configuration, key.replace(/\.[A-Z_\d]+$/v, '')) : value);
}

function mean(value: ParameterValue | undefined): number {
	if (typeof value !== 'object') {
		throw new TypeError('no distribution');
	}

	const distribution = new Distribution(value);
	const points = 5000;
	let sum = 0;
	for (let i = 0; i < points; i++) {
		sum += distribution.sample((i + 0.5) / points);
	}

	return sum / points;
}

function expectSame(what: string, found: number, truth: number): void {
	const off = Math.abs(found - truth);
	expect([what, off <= Math.max(0.1 * truth, resolution) ? 'recovered' : `${found} in place of ${truth}`]).toEqual([
		what,
		'recovered',
	]);
}

/** Steps of one command each, as calibration writes them. */
function flatLoop({
	loop,
}: ClientSpec): ReadonlyArray<{readonly command: CommandName; readonly prepare: ParameterValue | undefined}> {
	return loop.flatMap(({commands, prepare}) =>
		commands.filter(name => isCommandName(name)).map(command => ({command, prepare})),
	);
}

const guestKeys = ['guest.cost.irqEntry', 'guest.cost.workerWake', 'guest.cost.drain'];

const cases = [
	['the doorbell under the lock', 'seed-2019-kick-under-lock', ['duration=200ms']],
	[
		'the doorbell after the unlock',
		'seed-2019-kick-under-lock',
		['driver.lockPolicy=kick-after-unlock', 'queue.size=128', 'guest.irqVcpu=0', 'duration=200ms'],
	],
	[
		'batched doorbells',
		'seed-2019-kick-under-lock',
		[
			'driver.lockPolicy=kick-batched',
			'driver.roomRule=check-first',
			'guest.vcpus=3',
			'guest.irqVcpu=2',
			'duration=200ms',
		],
	],
	['a compositor', 'compositor-60hz', ['duration=2s']],
] as const;

test.each(cases)(
	'%s: a run recorded by guest and QEMU and calibrated has the same parameters within 10 %%',
	async (_, preset, settings) => {
		const {truth, found, result} = await roundTrip(preset, settings, true);
		expect(result.report.verdict).toBe('close');
		expect(result.output).toContain('nothing had to be scaled');
		for (const key of [
			'driver.lockPolicy',
			'queue.size',
			'queue.indirect',
			'queue.eventIdx',
			'guest.vcpus',
			'guest.irqVcpu',
			'host.ioeventfd',
		] as const) {
			expect([key, found.parameters[key]]).toEqual([key, truth.parameters[key]]);
		}

		const [client] = found.clients;
		const [real] = truth.clients;
		expect(client).toMatchObject({
			name: real.name,
			kind: real.kind,
			threads: real.threads,
			wait: real.wait,
		});
		const commands = flatLoop(real);
		const names = commands.map(({command}) => command);
		const start = startOf(
			flatLoop(client).map(({command}) => command),
			names,
		);
		for (const [index, {prepare}] of flatLoop(client).entries()) {
			const original = commands[(index + start) % commands.length];
			expectSame(
				`prepare of ${original.command}`,
				mean(prepare),
				original.prepare === undefined
					? meanOf(truth, `guest.cost.prepare.${original.command}`)
					: mean(original.prepare),
			);
		}

		if (real.kind === 'paced') {
			expectSame('hz', client.hz ?? 0, real.hz ?? 0);
		} else {
			expectSame('think', mean(client.think), mean(real.think));
		}

		for (const key of [
			...guestKeys,
			'host.cost.pop',
			'host.cost.loopWake',
			...new Set(names.map(name => `guest.cost.response.${name}`)),
		]) {
			expectSame(key, meanOf(found, key), meanOf(truth, key));
		}

		for (const name of new Set(names)) {
			expectSame(`service of ${name}`, meanOf(found, `device.cost.${name}`), serviceOf(truth, name));
		}

		// The clocks of guest and host agree to a microsecond: the way there and the
		// way back are known as a sum.
		const doorbell = (of: Configuration): number =>
			meanOf(of, 'host.cost.exitUser') + meanOf(of, 'host.cost.entry');
		expectSame('doorbell', doorbell(found), doorbell(truth));
	},
);

test.each(cases)(
	"%s: the guest's recording alone shows the guest's parameters within 10 %%, and says what it can not show",
	async (_, preset, settings) => {
		const {truth, found, result} = await roundTrip(preset, settings, false);
		expect(result.report.verdict).toBe('close');
		for (const key of guestKeys) {
			expectSame(key, meanOf(found, key), meanOf(truth, key));
		}

		const doorbell = (of: Configuration): number =>
			meanOf(of, 'host.cost.exitUser') + meanOf(of, 'host.cost.entry');
		expectSame('doorbell', doorbell(found), doorbell(truth));
		expect(result.output).toMatch(/host\.cost\.loopWake +inferred/v);
		expect(result.output).toMatch(/device\.cost\.\w+ +inferred/v);
		for (const key of [
			'guest.cost.add',
			'guest.cost.kickPrepare',
			'guest.cost.lockTransfer',
			'host.cost.push',
			'host.cost.lockHandoff',
		]) {
			expect(found.given).not.toHaveProperty([key]);
		}
	},
);

/** What the host spends on a command of the only client, its rectangle's bytes included. */
function serviceOf(truth: Configuration, name: CommandName): number {
	const rect = truth.clients[0].loop.find(({commands}) => commands.includes(name))?.rect;
	const kib = rect === undefined ? 0 : (rect.width * rect.height * 4) / 1024;
	return meanOf(truth, `device.cost.${name}`) + kib * meanOf(truth, 'device.cost.perKiB');
}

/** By how much a loop has been turned; -1 when it is another one. */
function startOf(loop: readonly string[], original: readonly string[]): number {
	return original.findIndex((_, start) =>
		loop.every((command, index) => command === original[(index + start) % original.length]),
	);
}
