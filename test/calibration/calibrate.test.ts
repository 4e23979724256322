import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type CalibrateResult, runCalibrateCommand} from '../../source/commands/calibrate.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {sideLines} from '../../source/commands/read-side-files.js';
import {readRecordings} from '../../source/commands/read-recordings.js';
import {runReplayCommand} from '../../source/commands/replay.js';
import {UserError} from '../../source/errors/user-error.js';
import {presetFromText} from '../../source/presets/load-preset.js';
import {configurationOf, type Preset} from '../../source/presets/preset.js';
import {calibration} from '../../source/calibration/calibration.js';
import {configured, noFactors} from '../../source/calibration/material.js';
import {simulatedFacts} from '../../source/calibration/simulated-facts.js';
import {exported} from '../export/export-run.js';
import {fixture, fixtureText} from '../trace/trace-lines.js';

/** Some hundred simulations take a while on a busy machine, ms. */
const patience = 600_000;

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-traces-'));

function file(name: string, text: string): string {
	const place = path.join(folder, name);
	writeFileSync(place, text);
	return place;
}

async function calibrate(guest: string, host?: string, set: readonly string[] = []): Promise<CalibrateResult> {
	return runCalibrateCommand([guest], {
		host,
		set,
		format: 'text',
		interrupt: new Interrupt(),
		progress: noProgress,
	});
}

function errorOf({report}: CalibrateResult, name: string): number {
	return Math.abs(report.rows.find(row => row.name === name)?.error ?? Infinity);
}

/** The preset, read as a user's file would be: it must be one. */
function presetOf({preset}: CalibrateResult): Preset {
	const read = presetFromText(preset);
	configurationOf(read);
	return read;
}

test.each([
	['base_flood1_p1', 'kick-after-unlock'],
	['base_flood1_p2', 'kick-under-lock'],
	['base_xfer1_p0', 'kick-batched'],
	['base_paced_p0', 'kick-batched'],
])(
	'%s, guest and host: the simulation shows what was recorded',
	async (name, lockPolicy) => {
		const result = await calibrate(fixture(`${name}.guest`), fixture(`${name}.host`));
		expect(errorOf(result, 'throughput')).toBeLessThan(0.15);
		expect(errorOf(result, 'latency p50')).toBeLessThan(0.25);
		expect(errorOf(result, 'kicks')).toBeLessThan(0.25);
		expect(errorOf(result, 'IRQs')).toBeLessThan(0.25);
		expect(result.report.verdict).toBe('close');
		const {given} = presetOf(result);
		expect(given['driver.lockPolicy']).toBe(lockPolicy);
		expect(given['queue.size']).toBe(64);
		expect(result.output).toMatch(/clocks aligned by doorbells to \d+\.\d us/v);
	},
	patience,
);

test.each(['base_xfer1_p0', 'base_paced_p0'])(
	'%s, the guest alone',
	async name => {
		const result = await calibrate(fixture(`${name}.guest`));
		expect(errorOf(result, 'throughput')).toBeLessThan(0.25);
		for (const figure of ['latency p50', 'kicks', 'IRQs']) {
			expect(errorOf(result, figure)).toBeLessThan(0.35);
		}

		expect(presetOf(result).clients).toHaveLength(1);
	},
	patience,
);

test('a compositor is seen as one: paced, with its rate', async () => {
	const [client] = presetOf(await calibrate(fixture('base_paced_p0.guest'))).clients;
	expect(client.kind).toBe('paced');
	expect(client.hz).toBeGreaterThan(55);
	expect(client.hz).toBeLessThan(65);
	expect(client.loop.flatMap(({commands}) => commands)).toEqual(['TRANSFER_TO_HOST_2D', 'RESOURCE_FLUSH']);
});

test('direct descriptors and a larger ring show in an exported run of the testbed', async () => {
	const text = await exported('testbed', 'ftrace', [
		'driver.lockPolicy=kick-batched',
		'queue.indirect=false',
		'queue.size=128',
		'guest.vcpus=3',
		'guest.irqVcpu=2',
		'duration=150ms',
		'warmup=20ms',
	]);
	const result = await calibrate(file('direct.txt', text));
	expect(result.report.verdict).toBe('close');
	expect(configurationOf(presetOf(result)).parameters).toMatchObject({
		'driver.lockPolicy': 'kick-batched',
		'queue.indirect': false,
		'queue.size': 128,
		'guest.vcpus': 3,
		'guest.irqVcpu': 2,
	});
});

test('a host log stands in the fit: each key once, with where it was taken from; tails have limits of their own', async () => {
	const {output, report} = await runCalibrateCommand([fixture('base_paced_p0.guest')], {
		host: fixture('base_paced_p0.host'),
		set: ['host.cpus=2'],
		format: 'json',
		interrupt: new Interrupt(),
		progress: noProgress,
	});
	const {values, notShown} = JSON.parse(output) as {
		values: ReadonlyArray<{key: string; provenance: string; from: string}>;
		notShown: readonly string[];
	};
	const keys = values.map(({key}) => key);
	expect(new Set(keys).size).toBe(keys.length);
	expect(values.find(({key}) => key === 'host.ioeventfd')).toMatchObject({provenance: 'measured', from: 'host log'});
	expect(values.find(({key}) => key === 'host.accel')).toMatchObject({
		provenance: 'inferred',
		from: 'guest and host log, aligned',
	});
	expect(values.find(({key}) => key === 'host.cpus')).toMatchObject({provenance: 'given', from: 'user'});
	expect(notShown).not.toContain('host.ioeventfd');
	expect(report.rows.map(({name, allowed, judges}) => [name, allowed, judges]).slice(0, 4)).toEqual([
		['throughput', 0.15, 'fit'],
		['latency p50', 0.25, 'fit'],
		['latency p90', 0.25, 'tails'],
		['latency p99', 0.35, 'tails'],
	]);
	expect(report.words).toContain(`tails ${report.tails}`);
});

test("waits for the lock stand beside the simulation's where the recording has them", async () => {
	const interrupt = new Interrupt();
	const {guest, host, guestSummary} = await readRecordings(
		{guest: fixture('base_flood1_p2.guest'), host: undefined, device: undefined},
		interrupt,
		noProgress,
	);
	const {recorded} = calibration(guest, host, guestSummary.cpusOf(guest.machine), {});
	expect(recorded.lock?.onNotify).toBeGreaterThan(100);
	expect(recorded.lock?.worker).toBeGreaterThan(recorded.lock?.submitter ?? Infinity);
	const {guest: without} = await readRecordings(
		{guest: fixture('base_paced_p0.guest'), host: undefined, device: undefined},
		interrupt,
		noProgress,
	);
	expect(calibration(without, null, 2, {}).recorded.lock?.waits ?? 0).toBeLessThan(100);
});

test('clients.… is taken by calibrate and refused by replay in one line', async () => {
	const {preset} = await calibrate(fixture('base_paced_p0.guest'), undefined, ['clients.vgload.hz=30']);
	expect(presetFromText(preset).clients[0].hz).toBe(30);
	await expect(calibrate(fixture('base_paced_p0.guest'), undefined, ['clients.nobody.hz=30'])).rejects.toThrow(
		/^clients\.nobody\.hz: no client is called "nobody"/v,
	);
	await expect(
		runReplayCommand([fixture('base_paced_p0.guest')], {
			host: undefined,
			set: ['clients.vgload.hz=30'],
			format: 'text',
			interrupt: new Interrupt(),
			progress: noProgress,
		}),
	).rejects.toThrow(/^clients\.vgload\.hz: replay sends each recorded command/v);
});

test('host.accel=tcg may be given, with the lock that it has', async () => {
	const {preset} = await calibrate(fixture('base_paced_p0.guest'), undefined, ['host.accel=tcg']);
	expect(presetFromText(preset).given).toMatchObject({'host.accel': 'tcg', 'driver.spinlock': 'qspinlock'});
});

test('what the user says of the machine wins over the recording', async () => {
	const result = await calibrate(fixture('base_paced_p0.guest'), undefined, ['queue.size=256', 'host.cpus=2']);
	expect(presetOf(result).given).toMatchObject({'queue.size': 256, 'host.cpus': 2});
	expect(result.output).toMatch(/queue\.size\s+given/v);
});

test('a recording that is too short is refused, and one that lost events is warned of', async () => {
	const lines = fixtureText('base_paced_p0.guest').split('\n');
	await expect(calibrate(file('short.txt', lines.slice(0, 60).join('\n')))).rejects.toThrow(
		/^the recording has \d+ commands of working clients/v,
	);
	const lossy = await calibrate(
		file('lossy.txt', [...lines.slice(0, 300), 'CPU:1 [LOST 40 EVENTS]', ...lines.slice(300)].join('\n')),
	);
	expect(lossy.output).toContain('40 events or more were lost');
	await expect(calibrate(file('lost.txt', [...lines, 'CPU:1 [LOST 4000000 EVENTS]'].join('\n')))).rejects.toThrow(
		/4000000 events were lost and \d+ kept; record again with a larger buffer/v,
	);
	expect(lossy.output).toContain('only 81 commands');
});

test('a packed table is read, and lines that are none are counted', () => {
	const place = path.join(folder, 'exits.txt.gz');
	writeFileSync(
		place,
		gzipSync(
			'VM-EXIT  Samples  Samples%  Time%  Min Time  Max Time  Avg time\n WFx  410  5.90%  2.10%  3.00us  ' +
				'190.00us  84.50us ( +-   3.00% )\n HLT oops\n',
		),
	);
	expect(sideLines([place])).toEqual([
		'perf kvm stat: WFx 410 times, 84.5 us on average',
		'perf kvm stat: 1 line of the table could not be read',
	]);
});

test('tables of perf and /proc stand beside the report', () => {
	const locks = file(
		'locks.txt',
		' contended   total wait     max wait     avg wait         type   caller\n\n 108     18.03 ms      1.58 ' +
			'ms    166.91 us     spinlock   virtio_gpu_queue_fenced_ctrl_buffer+0x8d\n',
	);
	const exits = file(
		'exits.txt',
		'  VM-EXIT    Samples  Samples%     Time%    Min Time    Max Time         Avg time\n ' +
			'EPT_MISCONFIG        410     5.90%     2.10%      3.00us    190.00us     84.50us ( +-   3.00% )\n',
	);
	const reading = (count: number): string =>
		`      CPU0  CPU1\n 27:   10   ${count}   PCI-MSI 32769-edge      virtio0-control\n`;
	expect(sideLines([locks, exits, file('interrupts.txt', `${reading(100)}${reading(350)}`)])).toEqual([
		'perf lock contention: virtio_gpu_queue_fenced_ctrl_buffer+0x8d (spinlock) waited 108 times, 167 us on ' +
			'average, 1580 us at most',
		'perf kvm stat: EPT_MISCONFIG 410 times, 84.5 us on average',
		'/proc/interrupts: 27 PCI-MSI 32769-edge virtio0-control: 0 on CPU 0, 250 on CPU 1',
	]);
	expect(() => sideLines([file('words.txt', 'hello')])).toThrow(UserError);
	expect(() => sideLines(['no/such/file'])).toThrow(/^no\/such\/file: there is no such file/v);
});

test('cut, shuffled and thinned recordings give estimates that simulate, or one line', async () => {
	const texts = ['base_paced_p0.guest', 'base_flood1_p1.guest', 'base_xfer1_p0.guest'].map(name => fixtureText(name));
	const broken = fc.record({
		text: fc.constantFrom(...texts),
		from: fc.nat(1200),
		count: fc.nat(900),
		order: fc.constantFrom('as it is', 'backwards', 'swapped'),
		without: fc.constantFrom('nothing', 'response', 'notify', 'irq_', 'workqueue', '_out', '_end'),
		hostLines: fc.nat(1500),
	});
	const hostText = fixtureText('base_flood1_p1.host');
	await fc.assert(
		fc.asyncProperty(broken, async ({text, from, count, order, without, hostLines}) => {
			const lines = text
				.split('\n')
				.slice(from, from + count)
				.filter(line => !line.includes(without));
			const ordered =
				order === 'backwards'
					? lines.toReversed()
					: order === 'swapped'
						? lines.map((_, index) => lines[Math.min(index ^ 1, lines.length - 1)])
						: lines;
			try {
				const interrupt = new Interrupt();
				const guestFile = file('broken.guest.txt', ordered.join('\n'));
				const hostFile = file(
					'broken.host.txt',
					hostText
						.split('\n')
						.slice(0, hostLines + 1)
						.join('\n'),
				);
				const {guest, host, guestSummary} = await readRecordings(
					{guest: guestFile, host: hostLines > 100 ? hostFile : undefined, device: undefined},
					interrupt,
					noProgress,
				);
				const {materials, recorded} = calibration(guest, host, guestSummary.cpusOf(guest.machine), {});
				for (const material of materials) {
					const facts = simulatedFacts(configured(material, noFactors), 1, recorded.queue, {
						commands: 50,
						events: 5000,
						longest: 100_000_000,
					});
					expect(facts === null || facts.commands > 0).toBe(true);
				}
			} catch (error) {
				expect(error).toBeInstanceOf(UserError);
				expect(String(error)).not.toContain('\n');
			}
		}),
		{numRuns: 60},
	);
});

test('replay sends the recorded commands, and says what a change would have done', async () => {
	const {output} = await runReplayCommand([fixture('base_paced_p0.guest')], {
		host: fixture('base_paced_p0.host'),
		set: ['driver.lockPolicy=kick-under-lock'],
		format: 'json',
		interrupt: new Interrupt(),
		progress: noProgress,
	});
	const result: unknown = JSON.parse(output);
	expect(result).toMatchObject({schema: 2, recorded: {verdict: 'close'}});
	expect(result).toHaveProperty('changed.rows');
});
