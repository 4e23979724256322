import {expect, test} from 'vitest';
import {runExportCommand} from '../../source/commands/export.js';
import {Interrupt} from '../../source/commands/interrupt.js';
import {runSimulation} from '../../source/run/run.js';
import {serverName} from '../../source/host/backends/backends.js';
import {parseSets} from '../../source/simulation/parameters/parse-set.js';
import {UserError} from '../../source/errors/user-error.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {TraceReader} from '../../source/trace/reader/trace-reader.js';
import {type TraceEvent} from '../../source/trace/reader/trace-event.js';
import {complaintsAbout, readChromeTrace} from './chrome-nesting.js';
import {exported} from './export-run.js';

const preset = 'seed-2019-kick-under-lock';

/** Runs that go different ways through driver and host. */
const variants: ReadonlyArray<readonly [string, readonly string[]]> = [
	['as it is', []],
	['outside the lock', ['driver.lockPolicy=kick-after-unlock']],
	['batched', ['driver.lockPolicy=kick-batched', 'driver.roomRule=check-first']],
	['a full ring', ['queue.size=4', 'driver.roomRule=add-first', 'queue.indirect=false']],
	['paravirtual, one host CPU', ['host.cpus=1', 'driver.spinlock=pv-qspinlock', 'guest.cost.spinThreshold=64']],
	['emulated', ['host.accel=tcg', 'driver.spinlock=test-and-set', 'host.cpus=2']],
	['vhost-user-gpu', ['host.backend=vhost-user-gpu', 'device.kind=virgl']],
	['crosvm', ['host.backend=crosvm']],
	['libkrun', ['host.backend=libkrun']],
	['mapped', ['host.backend=mapped']],
	['virgl, no event idx, ioeventfd', ['device.kind=virgl', 'queue.eventIdx=false', 'host.ioeventfd=true']],
];

function metricsOf(settings: readonly string[]) {
	const configuration = configurationOf(loadPreset(preset), parseSets(settings));
	return runSimulation({
		configuration,
		seed: 1,
		warmup: 5_000_000,
		duration: 20_000_000,
		changes: [],
	}).metrics;
}

test.each(variants)(
	"perfetto, %s: slices nest, flows bind, lanes have names, counters are the run's",
	async (_, settings) => {
		const all = [...settings, 'duration=20ms', 'warmup=5ms'];
		const trace = readChromeTrace(await exported(preset, 'perfetto', all));
		expect(complaintsAbout(trace)).toEqual([]);
		const {traceEvents} = trace;
		const metrics = metricsOf(settings);
		const seconds = 0.02;
		expect(traceEvents.filter(({ph}) => ph === 's')).toHaveLength(
			Math.round(metrics.throughput.submitted * seconds),
		);
		const doorbells = traceEvents.filter(({name, ts}) => name.startsWith('doorbell') && (ts ?? 0) > 5000);
		expect(Math.abs(doorbells.length - metrics.kicks.perSecond * seconds)).toBeLessThanOrEqual(1);
		const free = traceEvents
			.filter(({ph, name}) => ph === 'C' && name === 'control num_free')
			.map(({args}) => Number(args?.value));
		expect(Math.min(...free)).toBe(metrics.ring.numFree.min);
		const backend = settings.find(text => text.startsWith('host.backend='))?.split('=')[1];
		const lanes = traceEvents.filter(({name}) => name === 'thread_name').map(({args}) => args?.name);
		expect(lanes).toEqual(
			expect.arrayContaining([
				'ctrlq.qlock owner',
				'vCPU 0',
				'game',
				'kworker/1:0',
				serverName(backend),
				'BQL owner',
				'CPU 0/KVM',
			]),
		);
	},
);

test('the checker finds what Perfetto would drop', () => {
	const slice = (name: string, ts: number, dur: number) => ({
		name,
		ph: 'X' as const,
		pid: 1,
		tid: 1,
		ts,
		dur,
	});
	const named = [
		{
			name: 'process_name',
			ph: 'M' as const,
			pid: 1,
			tid: 0,
			args: {name: 'guest'},
		},
		{
			name: 'thread_name',
			ph: 'M' as const,
			pid: 1,
			tid: 1,
			args: {name: 'vCPU'},
		},
	];
	const about = (...events: Array<ReturnType<typeof slice>>) =>
		complaintsAbout({displayTimeUnit: 'ns', traceEvents: [...named, ...events]});
	expect(about(slice('outer', 0, 10), slice('inner', 2, 8))).toEqual([]);
	expect(about(slice('outer', 0, 10), slice('inner', 2, 9))).toEqual(['inner at 2 for 9: outlives outer']);
	expect(about(slice('inner', 0, 2), slice('outer', 0, 10))).toEqual(['outer at 0 for 10: outlives inner']);
	expect(
		complaintsAbout({
			displayTimeUnit: 'ns',
			traceEvents: [
				...named,
				{
					name: 'command',
					ph: 'f',
					pid: 1,
					tid: 1,
					ts: 1,
					id: 3,
				},
			],
		}),
	).toHaveLength(2);
});

test.each(variants)("ftrace, %s: our reader reads back the run's counts and times", async (_, settings) => {
	const text = await exported(preset, 'ftrace', [...settings, 'duration=20ms', 'warmup=5ms']);
	const reader = new TraceReader();
	const events: TraceEvent[] = [];
	for (const line of text.split('\n').slice(0, -1)) {
		const event = reader.readText(line);
		if (event !== null) {
			events.push(event);
			// The same time stands in the line, to the us.
			expect(line).toContain(` ${((reader.made.base ?? 0) + event.time / 1e9).toFixed(6).padStart(12)}: `);
		}
	}

	const metrics = metricsOf(settings);
	const seconds = 0.02;
	const count = (name: string): number => reader.counts.get(name) ?? 0;
	expect(reader.others.unknown).toBe(0);
	expect(reader.made.order.disordered).toBe(0);
	expect(count('virtio_gpu_cmd_queue')).toBe(Math.round(metrics.throughput.submitted * seconds));
	// A response is shown when its callback begins, the metric counts when it returns.
	expect(Math.abs(count('virtio_gpu_cmd_response') - metrics.throughput.completed * seconds)).toBeLessThanOrEqual(
		1.5,
	);
	expect(count('notify_in')).toBe(Math.round(metrics.kicks.perSecond * seconds));
	expect(count('irq_handler_entry')).toBe(Math.round(metrics.irqs.perSecond * seconds));
	expect(count('workqueue_execute_start')).toBe(Math.round(metrics.worker.runs * seconds));
	const begins = events.filter(({payload}) => payload.name === 'qlock_wait_begin').length;
	expect(Math.abs(begins - metrics.lock.contended * seconds)).toBeLessThanOrEqual(1);
	const inNotify = events.filter(
		({payload}) => payload.name === 'qlock_wait_begin' && payload.holder === 'in_notify',
	).length;
	expect(
		Math.abs(inNotify - (metrics.lock.waits.workerOnNotify + metrics.lock.waits.submitterOnNotify) * seconds),
	).toBeLessThanOrEqual(1);
});

test.each([
	['as it is', []],
	['with an ioeventfd', ['host.ioeventfd=true']],
	['a cursor', ['cursor-storm']],
] as const)("qemu-log, %s: our reader reads back the run's counts", async (_, given) => {
	const name = given[0] === 'cursor-storm' ? given[0] : preset;
	const settings = [...given.filter(word => word.includes('=')), 'duration=20ms', 'warmup=5ms'];
	const text = await exported(name, 'qemu-log', settings);
	const reader = new TraceReader();
	let latest = 0;
	for (const line of text.split('\n').slice(0, -1)) {
		const event = reader.readText(line);
		expect(event?.time).toBeGreaterThanOrEqual(latest);
		latest = event?.time ?? 0;
	}

	const guest = new TraceReader();
	const guestText = await exported(name, 'ftrace', settings);
	for (const line of guestText.split('\n')) {
		guest.readText(line);
	}

	const count = (event: string): number => reader.counts.get(event) ?? 0;
	expect(reader.others.unknown).toBe(0);
	expect(count('virtqueue_flush')).toBe(count('virtqueue_fill'));
	// Commands and doorbells that are under way at the ends of the stretch are on one side only.
	expect(Math.abs(count('virtqueue_pop') - (guest.counts.get('virtio_gpu_cmd_queue') ?? 0))).toBeLessThanOrEqual(6);
	// An eventfd that is written twice before the main loop reads it calls the handler once.
	const merged = (guest.counts.get('notify_in') ?? 0) - count('virtio_queue_notify');
	expect(merged).toBeGreaterThanOrEqual(-3);
	expect(merged).toBeLessThanOrEqual(
		settings.includes('host.ioeventfd=true') ? count('virtio_queue_notify') / 20 : 3,
	);
	expect(Math.abs(count('virtio_notify') - (guest.counts.get('irq_handler_entry') ?? 0))).toBeLessThanOrEqual(3);
	expect(count('virtqueue_pop')).toBeGreaterThan(200);
});

test('qemu-log: other backends have none', async () => {
	await expect(exported(preset, 'qemu-log', ['host.backend=crosvm'])).rejects.toThrow(
		/only host\.backend=qemu writes a QEMU log/v,
	);
});

test('ftrace: a client that sleeps for its answers and its pauses is switched out and in', async () => {
	const text = await exported('compositor-60hz', 'ftrace', ['duration=1s', 'warmup=20ms']);
	const out = text
		.split('\n')
		.filter(line => line.includes('prev_comm=compositor ') && line.includes('prev_state=S'));
	const into = text.split('\n').filter(line => line.includes('next_comm=compositor '));
	// Twice a frame: until the answers, until the vblank.
	expect(Math.abs(out.length - 120)).toBeLessThanOrEqual(3);
	expect(Math.abs(into.length - out.length)).toBeLessThanOrEqual(1);
});

test('csv: a row a command, whose stages sum to its latency', async () => {
	const text = await exported(preset, 'csv', ['duration=20ms', 'warmup=5ms']);
	const [header, ...rows] = text.trim().split('\n');
	expect(header).toMatch(/^client,queue,command,fenced,due_s,response_s,latency_us,backlog_us,.*,response_us$/v);
	expect(rows).toHaveLength(Math.round(metricsOf([]).throughput.completed * 0.02));
	for (const row of rows) {
		const [client, queue, command, , due, response, latency, ...stages] = row.split(',');
		expect([client, queue]).toEqual(['game', 'control']);
		expect(command).toMatch(/^RESOURCE_/v);
		expect(stages).toHaveLength(16);
		expect(stages.map(Number).reduce((sum, stage) => sum + stage, 0)).toBeCloseTo(Number(latency), 6);
		expect((Number(response) - Number(due)) * 1e6).toBeCloseTo(Number(latency), 3);
	}
});

test('qemu: a backend outside of QEMU is a device of its own, or said to be no matter of options', async () => {
	const vhost = await exported(preset, 'qemu', ['host.backend=vhost-user-gpu']);
	expect(vhost).toContain('-device vhost-user-gpu-pci,chardev=vgpu');
	expect(vhost).toContain('vhost-user-gpu -s vgpu.sock');
	expect(vhost).toContain('memory-backend-memfd');
	const crosvm = await exported(preset, 'qemu', ['host.backend=crosvm']);
	expect(crosvm).toContain('host.backend=crosvm: another VMM');
});

test('qemu: device options, kernels, and what can not be set', async () => {
	const text = await exported(preset, 'qemu', ['queue.size=1024', 'queue.eventIdx=false', 'host.ioeventfd=true']);
	expect(text).toContain('-device virtio-gpu-pci,id=gpu0,event_idx=off,ioeventfd=on,indirect_desc=on,packed=off');
	expect(text).toContain('<qemu:commandline>');
	expect(text).toContain('kick-under-lock: Linux up to 5.4');
	expect(text).toContain("queue.size=1024: virtio-gpu's queue size is compiled in (64 here");
	const virgl = await exported(preset, 'qemu', ['device.kind=virgl']);
	expect(virgl).toContain('-device virtio-gpu-gl-pci,');
});

test('qemu: threads that are pinned, for taskset and for libvirt', async () => {
	const free = await exported(preset, 'qemu', []);
	expect(free).not.toContain('cputune');
	const pinned = await exported(preset, 'qemu', [
		'guest.vcpus=3',
		'host.cpus=2',
		'host.pinVcpus=true',
		'host.pinServer=1',
	]);
	expect(pinned).toContain(
		'taskset -cp 0 TID0; taskset -cp 1 TID1; taskset -cp 0 TID2, TIDn being the thread CPU n/KVM',
	);
	expect(pinned).toContain('host.pinServer=1: taskset -cp 1 PID');
	expect(pinned).toContain(
		'<cputune>\n  <vcpupin vcpu="0" cpuset="0"/>\n  <vcpupin vcpu="1" cpuset="1"/>\n  <vcpupin vcpu="2" ' +
			'cpuset="0"/>\n  <emulatorpin cpuset="1"/>\n</cputune>',
	);
	const server = await exported(preset, 'qemu', ['host.pinServer=0']);
	expect(server).toContain('<cputune>\n  <emulatorpin cpuset="0"/>\n</cputune>');
	expect(server).not.toContain('TID');
});

test('an unknown format is refused', async () => {
	await expect(
		runExportCommand([preset], {to: 'kernelshark', settings: [], interrupt: new Interrupt()}),
	).rejects.toThrow(UserError);
	await expect(runExportCommand([preset], {to: undefined, settings: [], interrupt: new Interrupt()})).rejects.toThrow(
		/--to is missing; give perfetto, ftrace, csv, qemu-log, qemu /v,
	);
});
