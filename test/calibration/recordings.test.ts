import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {readRecordings, type Recordings} from '../../source/commands/read-recordings.js';
import {UserError} from '../../source/errors/user-error.js';
import {noProgress} from '../../source/terminal/progress-line.js';
import {calibration, type Calibration} from '../../source/calibration/calibration.js';
import {rankOf} from '../../source/calibration/facts.js';

/** Path of a recording in the form of one tool, all of the same 5 ms of one guest. */
function recording(name: string): string {
	return new URL(`../fixtures/recordings/${name}.gz`, import.meta.url).pathname;
}

const base = recording('g00-base.txt');

type Read = {readonly recordings: Recordings; readonly found: Calibration};

async function read(guest: string, host?: string, device?: string): Promise<Read> {
	const recordings = await readRecordings({guest, host, device}, new Interrupt(), noProgress);
	return {
		recordings,
		found: calibration(
			recordings.guest,
			recordings.host,
			recordings.guestSummary.cpusOf(recordings.guest.machine),
			{},
		),
	};
}

/** Value and provenance of an estimate; `-` when it is not shown. */
function shown({found}: Read, key: string): string {
	const estimates = found.materials[0].estimates.filter(estimate => estimate.key === key);
	expect(estimates.length).toBeLessThanOrEqual(1);
	const [estimate] = estimates;
	return estimate === undefined
		? '-'
		: `${typeof estimate.value === 'object' ? 'time' : String(estimate.value)} ${estimate.provenance}`;
}

/** What every layout of the guest gives. */
function expectBase({recordings: {guest}, found: {recorded}}: Read, returns = 110): void {
	const {kicks, irqs, runs} = guest;
	expect({
		commands: recorded.commands,
		answered: recorded.latencies.length,
		doorbells: kicks.length,
		returns: kicks.filter(({isReturned}) => isReturned).length,
		interrupts: irqs.length,
		runs: runs.length,
		sleeps: guest.sleeps.length,
	}).toEqual({
		commands: 159,
		answered: 158,
		doorbells: 110,
		returns,
		interrupts: 123,
		runs: 122,
		sleeps: 52,
	});
	expect(Math.round(recorded.throughput)).toBe(31_474);
	expect([0.5, 0.9, 0.99].map(rank => rankOf(recorded.latencies, rank))).toEqual([37_000, 59_000, 88_000]);
	expect(recorded.kicksPerCommand).toBeCloseTo(0.692, 3);
	expect(recorded.irqsPerCommand).toBeCloseTo(0.767, 3);
}

const locked = 'kick-under-lock measured';
/** Without the preemption depth it shows in when the worker gets through. */
const concluded = 'kick-under-lock inferred';
const tools = {'queue.size': '64 measured', 'queue.indirect': 'true measured', 'guest.irqVcpu': '1 measured'};
const few = /^only 159 commands/v;

type Expected = {
	readonly policy: string;
	readonly vcpus: string;
	readonly thread?: string;
	readonly values?: Readonly<Record<string, string>>;
	readonly warnings?: readonly RegExp[];
};

const guests: ReadonlyArray<readonly [string, Expected]> = [
	['g00-base.txt', {policy: locked, vcpus: '2 measured'}],
	['g02-trace-cmd3.txt', {policy: concluded, vcpus: '2 measured'}],
	['g04-trace-cmd-latency.txt', {policy: locked, vcpus: '2 measured'}],
	['g05-ftrace-latency-format.txt', {policy: locked, vcpus: '2 measured'}],
	['g06-perf-full.txt', {policy: concluded, vcpus: '2 inferred'}],
	['g06-perf-nocpu.txt', {policy: concluded, vcpus: '-', values: {'guest.irqVcpu': '-'}}],
	['g07-perf-chains-zero.txt', {policy: concluded, vcpus: '2 inferred'}],
	['g08-perf-probe-names.txt', {policy: concluded, vcpus: '2 inferred'}],
	['g09-kprobe-default-names.txt', {policy: locked, vcpus: '2 measured'}],
	['g11-mmio-shared-irq.txt', {policy: locked, vcpus: '2 measured'}],
	['g15-comm-00.txt', {policy: locked, vcpus: '2 measured', thread: 'Web Content'}],
	['g15-comm-01.txt', {policy: locked, vcpus: '2 measured', thread: 'gpu [2]-x'}],
	['g15-comm-03.txt', {policy: locked, vcpus: '2 measured', thread: 'a: b'}],
	['g17-tgid.txt', {policy: locked, vcpus: '2 measured'}],
	['g18-systrace.html', {policy: locked, vcpus: '2 measured', warnings: [/8 of 1520 lines are no events/v]}],
	['g19-perfetto-systrace.txt', {policy: locked, vcpus: '2 measured'}],
	['g21-mail-quoted.txt', {policy: locked, vcpus: '2 measured'}],
	['g22-journal-prefix.txt', {policy: locked, vcpus: '2 inferred'}],
	['g23-crlf-bom.txt', {policy: locked, vcpus: '2 measured'}],
	['g24-lost.txt', {policy: locked, vcpus: '2 measured', warnings: [/12 events or more were lost/v]}],
	['g25-linux-5.10.txt', {policy: locked, vcpus: '2 measured', values: {'queue.size': '-', 'queue.indirect': '-'}}],
	['g28-failed-to-parse.txt', {policy: concluded, vcpus: '2 measured'}],
	['g33-two-gpus.txt', {policy: locked, vcpus: '2 measured'}],
	['g35-per-cpu-concatenated.txt', {policy: locked, vcpus: '2 measured', warnings: [/804 events are out of order/v]}],
	['g41-cpus8.txt', {policy: concluded, vcpus: '8 measured'}],
];

test.each(guests)(
	'%s: every layout says the same of the guest',
	async (name, {policy, vcpus, thread = 'game', values = {}, warnings = []}) => {
		const outcome = await read(recording(name));
		expectBase(outcome);
		for (const [key, value] of Object.entries({
			...tools,
			'driver.lockPolicy': policy,
			'guest.vcpus': vcpus,
			...values,
		})) {
			expect([key, shown(outcome, key)]).toEqual([key, value]);
		}

		expect(new Set(outcome.recordings.guest.commands.map(command => command.thread))).toEqual(
			new Set([`${thread}/1000`]),
		);
		const said = [...outcome.recordings.warnings, ...outcome.found.warnings];
		const expected = [...warnings, few];
		expect(said).toHaveLength(expected.length);
		for (const [index, form] of expected.entries()) {
			expect(said[index]).toMatch(form);
		}
	},
);

test.each([
	['g26-x86-tsc.txt', /its times are counts, not seconds .*-C mono.*--ts2secs/v],
	['g29-perf-trace.txt', /output of perf trace.*perf script/v],
	['g30-bpftrace.txt', /bpftrace, with no events.*virtio_gpu:\*/v],
	['g31-function-graph.txt', /function_graph.*virtio_gpu:\*/v],
])('%s is refused in one line that says the way out', async (name, form) => {
	const complaint = await read(recording(name)).catch((error: unknown) => error);
	expect(complaint).toBeInstanceOf(UserError);
	expect(String(complaint)).toMatch(form);
	expect(String(complaint)).not.toContain('\n');
});

test('of two devices one is used, the other is named, and can be asked for', async () => {
	const both = await read(recording('g33-two-gpus.txt'));
	expect(both.recordings.guest.devices).toEqual([
		{name: '0', commands: 159},
		{name: '3', commands: 159},
	]);
	expect(both.found.findings.join('\n')).toMatch(
		/device: virtio0 .*also in the recording: 3 \(159 commands\): --device/v,
	);
	const other = await read(recording('g33-two-gpus.txt'), undefined, '3');
	expect(other.recordings.guest.device).toBe('3');
	expect(new Set(other.recordings.guest.commands.map(({thread}) => thread))).toEqual(new Set(['Xorg/2000']));
	await expect(read(recording('g33-two-gpus.txt'), undefined, '7')).rejects.toThrow(
		/it has no device "7"; it has 0 \(159 commands\), 3 \(159 commands\)/v,
	);
});

test("a host's log in the place of the guest's recording is told apart", async () => {
	await expect(read(recording('h00-base.txt'))).rejects.toThrow(/it is a host's log: give it with --host/v);
});

/** What every QEMU log gives beside the base. */
const measured = {
	'host.cost.pop': 'time measured',
	'host.cost.loopWake': 'time measured',
	'host.cost.exitUser': 'time measured',
	'host.cost.entry': 'time measured',
	'host.cost.haltWake': 'time measured',
	'host.cost.irqDelivery': 'time measured',
	'queue.eventIdx': 'true measured',
};

test.each([
	['h00-base.txt', 'false measured', []],
	['h01-qemu-10.1-iso.txt', 'false inferred', []],
	['h05-ftrace-backend.txt', 'false measured', []],
	['h06-simpletrace.txt', 'false inferred', []],
	['h08-lttng.txt', 'false inferred', []],
	['h09-extra-events.txt', 'false measured', []],
	['h11-two-gpus.txt', 'false measured', []],
	['h13-noise.txt', 'false measured', [/35 of 906 lines are no events/v]],
] as const)('%s: every QEMU log says the same of the host', async (name, ioeventfd, warnings) => {
	const outcome = await read(base, recording(name));
	const {alignment} = outcome.found;
	expect([alignment?.agreeing, alignment?.matched]).toEqual([110, 110]);
	for (const [key, value] of Object.entries({...measured, 'host.ioeventfd': ioeventfd})) {
		expect([key, shown(outcome, key)]).toEqual([key, value]);
	}

	const said = [...outcome.recordings.warnings, ...outcome.found.warnings];
	const expected = [...warnings, few];
	expect(said).toHaveLength(expected.length);
	for (const [index, form] of expected.entries()) {
		expect(said[index]).toMatch(form);
	}
});

test('a log without times gives counts only, and says so once', async () => {
	const outcome = await read(base, recording('h04-no-timestamp.txt'));
	expectBase(outcome);
	expect([...outcome.recordings.warnings, ...outcome.found.warnings]).toEqual([
		expect.stringMatching(/871 events have no time: only their counts are used; run QEMU with -msg timestamp=on/v),
		expect.stringMatching(few),
	]);
	expect(shown(outcome, 'host.ioeventfd')).toBe('-');
	expect(shown(outcome, 'host.cost.pop')).toBe('-');
	expect(shown(outcome, 'queue.eventIdx')).toBe('true measured');
});

test.each([
	['k-x86.txt', '120 writes to 0xfe003000'],
	['k-arm.txt', '120 writes to 0x10003000'],
])('%s: the way out of the guest and half of the way back', async (name, words) => {
	const outcome = await read(base, recording(name));
	const time = (key: string): number => {
		const value = outcome.found.materials[0].estimates.find(estimate => estimate.key === key)?.value;
		return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'const'
			? value.value
			: Number.NaN;
	};

	expect(shown(outcome, 'host.cost.exitUser')).toBe('time measured');
	expect(shown(outcome, 'host.cost.entry')).toBe('time measured');
	expect(Math.abs(time('host.cost.exitUser') - 5100)).toBeLessThan(100);
	expect(Math.abs(time('host.cost.entry') - 3000)).toBeLessThan(100);
	expect(outcome.found.findings).toContainEqual(`KVM doorbell: ${words}`);
	expect(outcome.recordings.warnings).toEqual([]);
});

test('k-fast.txt: exits that an ioeventfd ends', async () => {
	const outcome = await read(base, recording('k-fast.txt'));
	expect(shown(outcome, 'host.cost.exitKernel')).toBe('time measured');
	expect(outcome.found.materials[0].estimates.find(({key}) => key === 'host.cost.exitKernel')?.how).toContain(
		'120 samples',
	);
});

test('a doorbell whose return is not in the recording costs nothing that was measured: its time is not shown', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
	try {
		const file = path.join(folder, 'guest.txt');
		writeFileSync(
			file,
			gunzipSync(readFileSync(base))
				.toString()
				.replaceAll(/^.*: notify_out: .*\n/gmv, ''),
		);
		for (const host of [undefined, recording('h00-base.txt')]) {
			const outcome = await read(file, host); // eslint-disable-line no-await-in-loop -- one after the other
			expect([shown(outcome, 'host.cost.exitUser'), shown(outcome, 'host.cost.entry')]).toEqual(['-', '-']);
		}
	} finally {
		rmSync(folder, {recursive: true});
	}
});
