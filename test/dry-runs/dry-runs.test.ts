import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {TestTerminal} from '../helpers/terminal.js';
import {fixture} from '../trace/trace-lines.js';
import {filesOf, ScratchCopy} from './scratch-copy.js';

/** Something that is added to the program: `KIND.patch` beside this file. */
type DryRun = {
	readonly kind: string;
	/** The files that it changes, besides those that it brings. */
	readonly files: readonly string[];
	/** Uses what was added, with the program as a user has it. */
	readonly use: (vqlab: (...args: readonly string[]) => string) => void | Promise<void>;
};

/** Runs that take next to no time. */
const short = ['--for', '10ms', '--warmup', '2ms', '--format', 'json'];

const hashIn = (report: string): unknown => (JSON.parse(report) as {readonly eventHash: unknown}).eventHash;

/**
What it costs to add a thing (docs/architecture.md). A new kind is a patch and a row here. All
patches are applied to one copy, so that it is compiled and bundled once; each must fit by itself
too, so they may not change the same lines.
*/
const dryRuns: readonly DryRun[] = [
	{
		kind: 'parameter',
		files: ['source/host/machine/affinity.ts'],
		use(vqlab) {
			expect(vqlab('explain', 'host.pinLoad')).toContain('The host CPU on which the threads of host.load stay');
			expect(vqlab('schema')).toContain('"host.pinLoad"');
			const run = (cpu: number) =>
				hashIn(
					vqlab(
						'run',
						'seed-2019-kick-under-lock',
						...short,
						'--set',
						'host.load=2',
						'--set',
						`host.pinLoad=${cpu}`,
					),
				);
			expect(run(0)).not.toBe(run(-1));
		},
	},
	{
		kind: 'backend',
		files: ['source/host/backends/backends.ts'],
		use(vqlab) {
			expect(vqlab('explain', 'host.backend')).toContain('A thread of kvmtool pops one command');
			const report = JSON.parse(
				vqlab('run', 'seed-2019-kick-under-lock', ...short, '--set', 'host.backend=kvmtool'),
			) as {
				readonly parameters: Readonly<Record<string, unknown>>;
				readonly metrics: {
					readonly throughput: {readonly completed: number};
					readonly bql: {readonly waitPerSecond: unknown};
				};
			};
			expect(report.parameters).toMatchObject({'host.backend': 'kvmtool', 'queue.size': 128});
			expect(report.metrics.throughput.completed).toBeGreaterThan(1000);
			expect(report.metrics.bql.waitPerSecond).toBeNull();
			expect(() =>
				vqlab(
					'run',
					'seed-2019-kick-under-lock',
					...short,
					'--set',
					'host.backend=kvmtool',
					'--set',
					'queue.layout=packed',
				),
			).toThrow('kvmtool has split rings only');
			expect(
				vqlab('export', 'seed-2019-kick-under-lock', '--to', 'qemu', '--set', 'host.backend=kvmtool'),
			).toContain('host.backend=kvmtool: another VMM');
		},
	},
	{
		kind: 'metric',
		files: ['source/metrics/rows/ring-rows.ts'],
		use(vqlab) {
			expect(vqlab('explain', 'No room')).toContain('ring.refusals');
			vqlab('run', 'ring-too-small', ...short, '--assert', 'ring.refusals > 0');
		},
	},
	{
		kind: 'format',
		files: ['source/export/formats.ts'],
		use(vqlab) {
			expect(vqlab('export', '--help').replaceAll(/\s+/gv, ' ')).toContain('qemu or interrupts');
			expect(() => vqlab('export', '--to', 'nothing')).toThrow('interrupts');
			const rows = vqlab('export', 'seed-2019-kick-under-lock', '--to', 'interrupts', '--for', '5ms').split('\n');
			expect(rows[0]).toBe('time_s,vcpu,queue,found');
			expect(rows[1]).toMatch(/^0\.2\d+,1,0,1$/v);
		},
	},
	{
		kind: 'device',
		files: ['source/simulation/devices.ts'],
		use(vqlab) {
			expect(vqlab('explain', 'device.kind').replaceAll(/\s+/gv, ' ')).toContain(
				'a module of storage-class memory',
			);
			expect(vqlab('schema')).toContain('"PERSIST"');
			const run = (cost: string) =>
				JSON.parse(
					vqlab('run', 'presets/scm-flush.json', ...short, '--set', `device.cost.PERSIST=${cost}`),
				) as {
					readonly parameters: Readonly<Record<string, unknown>>;
					readonly metrics: {readonly throughput: {readonly completed: number}};
				};
			const [fast, slow] = [run('1us'), run('500us')];
			expect(fast.parameters).toMatchObject({'device.kind': 'scm'});
			expect(fast.parameters).not.toHaveProperty(['device.backing']);
			expect(slow.metrics.throughput.completed).toBeGreaterThan(100);
			expect(fast.metrics.throughput.completed).toBeGreaterThan(2 * slow.metrics.throughput.completed);
			expect(() =>
				vqlab('run', 'seed-2019-kick-under-lock', ...short, '--set', 'device.cost.PERSIST=1us'),
			).toThrow('only scm');
		},
	},
	{
		kind: 'verb',
		files: [],
		use(vqlab) {
			expect(vqlab('--help')).toMatch(/^ {2}vqlab count +how many presets ship$/mv);
			expect(vqlab('count', '--help')).toContain('How many presets ship.');
			expect(vqlab('count')).toMatch(/^\d+ presets\n$/v);
		},
	},
	{
		kind: 'view',
		files: [],
		async use(vqlab) {
			expect(vqlab('explain', 'rates')).toContain('doorbells, interrupts and commands over time');
			const terminal = new TestTerminal(process.execPath, [
				copy.program,
				'view',
				fixture('base_flood1_p2.guest'),
			]);
			try {
				await terminal.until(' 7 rates ');
				terminal.write('7');
				await terminal.until('[7 rates]');
				await terminal.until(/╭ Doorbells ─+ [\d.]+k? \/s ╮/v);
				terminal.write(':rates');
				await terminal.until(/▸ rates +command +7/v);
			} finally {
				terminal.dispose();
			}
		},
	},
];

const patchOf = (kind: string): string => fileURLToPath(new URL(`${kind}.patch`, import.meta.url));

let copy: ScratchCopy;

beforeAll(() => {
	copy = new ScratchCopy();
	for (const {kind} of dryRuns) {
		copy.apply(patchOf(kind));
	}

	copy.build();
});

afterAll(() => {
	copy.remove();
});

test.each(dryRuns)('a $kind costs what docs/architecture.md says', ({kind, files}) => {
	expect(filesOf(patchOf(kind)).changed.map(file => file.split(path.sep).join('/'))).toEqual(files);
});

test.each(['verb', 'view'])('a %s is a new file, and nothing else', kind => {
	expect(filesOf(patchOf(kind)).added).toHaveLength(1);
});

test('what was added compiles', () => {
	const touched = dryRuns
		.map(({kind}) => filesOf(patchOf(kind)))
		.flatMap(({changed, added}) => [...changed, ...added]);
	expect(copy.typeErrors(touched.filter(file => /\.tsx?$/v.test(file)))).toBe('');
});

test.each(dryRuns)('a $kind works', async ({use}) => {
	await use(copy.vqlab);
});
