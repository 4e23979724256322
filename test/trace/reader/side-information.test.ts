import {expect, test} from 'vitest';
import {
	interruptDeltas,
	interruptReadings,
	kvmStat,
	lockContention,
} from '../../../source/trace/reader/side-information.js';

const times = {
	contended: 812,
	total: 48_200_000,
	maximum: 1_310_000,
	average: 59_360,
};

test('the table of perf lock contention', () => {
	const text = [
		' contended   total wait     max wait     avg wait         type   caller',
		'',
		'       812     48.20 ms      1.31 ms     59.36 us     spinlock   virtio_gpu_queue_fenced_ctrl_buffer+0x8d',
		'                        0xffffffffc06b1e4a  virtio_gpu_dequeue_ctrl_func+0x4a',
		'         2       900 ns       500 ns       450 ns        mutex   drm_ioctl+0x10',
		'nonsense',
		'',
		'=== output for debug===',
		'bad: 0, total: 12',
	].join('\n');
	expect(lockContention(text)).toEqual({
		rows: [
			{
				...times,
				subject: 'caller',
				type: 'spinlock',
				caller: 'virtio_gpu_queue_fenced_ctrl_buffer+0x8d',
			},
			{
				contended: 2,
				total: 900,
				maximum: 500,
				average: 450,
				subject: 'caller',
				type: 'mutex',
				caller: 'drm_ioctl+0x10',
			},
		],
		unread: 1,
	});
});

test.each([
	[
		'by thread (-t)',
		' contended   total wait     max wait     avg wait          pid   comm',
		'       812     48.20 ms      1.31 ms     59.36 us           51   kworker/1:0',
		{subject: 'thread', caller: 'kworker/1:0', pid: 51},
	],
	[
		'by owner (-o)',
		' contended   total wait     max wait     avg wait          pid   owner',
		'       812     48.20 ms      1.31 ms     59.36 us           51   Web Content',
		{subject: 'owner', caller: 'Web Content', pid: 51},
	],
	[
		'by lock (-l), without a symbol',
		' contended   total wait     max wait     avg wait            address   symbol',
		'       812     48.20 ms      1.31 ms     59.36 us   ffff9d5e852d3498    (spinlock)',
		{
			subject: 'lock',
			type: 'spinlock',
			caller: '',
			address: 'ffff9d5e852d3498',
		},
	],
	[
		'by lock (-l)',
		' contended   total wait     max wait     avg wait            address   symbol',
		'       812     48.20 ms      1.31 ms     59.36 us   ffffffffa41c3620   pcpu_lock (spinlock)',
		{
			subject: 'lock',
			type: 'spinlock',
			caller: 'pcpu_lock',
			address: 'ffffffffa41c3620',
		},
	],
	[
		'by cgroup (-g)',
		' contended   total wait     max wait     avg wait   cgroup',
		'       812     48.20 ms      1.31 ms     59.36 us   /user.slice/session-2.scope',
		{subject: 'cgroup', caller: '/user.slice/session-2.scope'},
	],
	[
		'as a list (-x,)',
		'# output: contended, total wait, max wait, avg wait, type, caller',
		'812, 48200000, 1310000, 59360, spinlock, virtio_gpu_notify+0x4a',
		{subject: 'caller', type: 'spinlock', caller: 'virtio_gpu_notify+0x4a'},
	],
	[
		'as a list with another separator (-x|)',
		'# output: contended| total wait| max wait| avg wait| pid| comm',
		'812| 48200000| 1310000| 59360| 51| game',
		{subject: 'thread', caller: 'game', pid: 51},
	],
	[
		'columns in another order, units in the header',
		'                Name   acquired  contended avg wait (ns) total wait (us) max wait (us)',
		'     &vgdev->ctrlq      9000        812        59360           48200          1310',
		{subject: 'lock', caller: '&vgdev->ctrlq'},
	],
] as const)('perf lock contention %s', (name, header, row, expected) => {
	const spaced = name.startsWith('columns')
		? header.replaceAll(/(?<=\)) /gv, '   ').replace('contended avg', 'contended   avg')
		: header;
	expect(lockContention(`${spaced}\n\n${row}\n`)).toEqual({rows: [{...times, type: '', ...expected}], unread: 0});
});

test('the table of perf kvm stat report, with names of any spelling', () => {
	const text = [
		'             VM-EXIT    Samples  Samples%     Time%    Min Time    Max Time         Avg time',
		'           MSR_WRITE       4213    61.20%     0.31%      0.41us     55.10us      1.24us ( +-   1.20% )',
		'                 WFx        410     5.90%     2.10%      3.00us    190.00us     84.50us ( +-   3.00% )',
		'DIAG (0x9c) directed yield    7     0.10%     0.10%      1.00us      2.00us      1.50us',
		'        0xfebf3000:W         12     0.10%     0.10%      1.00us      2.00us      1.50us ( +-   3.00% )',
		'                 HLT          ?',
		'',
		'Total Samples:4223, Total events handled time:1101200.11us.',
	].join('\n');
	expect(kvmStat(text)).toEqual({
		rows: [
			{reason: 'MSR_WRITE', samples: 4213, average: 1240},
			{reason: 'WFx', samples: 410, average: 84_500},
			{reason: 'DIAG (0x9c) directed yield', samples: 7, average: 1500},
			{reason: '0xfebf3000:W', samples: 12, average: 1500},
		],
		unread: 1,
	});
});

test('the table of perf kvm stat report since perf 6.3', () => {
	const text = [
		'# Total time 1101200 us',
		'Event name                Samples   Sample%    Time (ns)     Time%   Max Time (ns)   Min Time (ns)  ' +
			'Mean Time (ns)',
		'EPT_MISCONFIG               31204    71.00%    131056800    22.00%          412300            ' +
			'1100            4200',
	].join('\n');
	expect(kvmStat(text)).toEqual({rows: [{reason: 'EPT_MISCONFIG', samples: 31_204, average: 4200}], unread: 0});
});

test('other texts are no tables', () => {
	expect(lockContention('hello\nworld 12')).toEqual({rows: [], unread: 0});
	expect(kvmStat('')).toEqual({rows: [], unread: 0});
	expect(interruptReadings('           CPU0\n 26:         3   PCI-MSI 32768-edge      virtio0-config\n')).toBeNull();
});

test('two readings of /proc/interrupts, with a CPU that is offline', () => {
	const reading = (count: number): string =>
		`           CPU1       CPU3\n 14:      64120          ${count}     GICv3  42 Edge      virtio0\n`;
	const readings = interruptReadings(`${reading(3)}${reading(5)}${reading(9)}`);
	expect([...interruptDeltas(readings?.before ?? '', readings?.after ?? '', 'virtio').entries()]).toEqual([
		['14 GICv3 42 Edge virtio0', [0, 0, 0, 6]],
	]);
});

test('interrupts between two readings of /proc/interrupts', () => {
	const before =
		'           CPU0       CPU1\n 26:         3          0   PCI-MSI 32768-edge      virtio0-config\n ' +
		'27:        10        100   PCI-MSI 32769-edge      virtio0-control\n';
	const after =
		'           CPU0       CPU1\n 26:         3          0   PCI-MSI 32768-edge      virtio0-config\n ' +
		'27:        10        350   PCI-MSI 32769-edge      virtio0-control\n';
	expect([...interruptDeltas(before, after, 'virtio0-control').values()]).toEqual([[0, 250]]);
	expect(interruptDeltas('', 'not such a file', 'virtio0').size).toBe(0);
});
