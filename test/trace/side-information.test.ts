import {expect, test} from 'vitest';
import {interruptDeltas, kvmStatRows, lockContentionRows} from '../../source/trace/reader/side-information.js';

test('the table of perf lock contention', () => {
	const text = [
		' contended   total wait     max wait     avg wait         type   caller',
		'',
		'       108     18.03 ms      1.58 ms    166.91 us     spinlock   virtio_gpu_queue_fenced_ctrl_buffer+0x8d',
		'         2       900 ns       500 ns       450 ns        mutex   drm_ioctl+0x10',
		'nonsense',
	].join('\n');
	expect(lockContentionRows(text)).toEqual([
		{
			contended: 108, total: 18_030_000, maximum: 1_580_000, average: 166_910, type: 'spinlock', caller: 'virtio_gpu_queue_fenced_ctrl_buffer+0x8d',
		},
		{
			contended: 2, total: 900, maximum: 500, average: 450, type: 'mutex', caller: 'drm_ioctl+0x10',
		},
	]);
});

test('the table of perf kvm stat report', () => {
	const text = [
		'             VM-EXIT    Samples  Samples%     Time%    Min Time    Max Time         Avg time',
		'           MSR_WRITE       4213    61.20%     0.31%      0.41us     55.10us      1.24us ( +-   1.20% )',
		'       EPT_MISCONFIG        410     5.90%     2.10%      3.00us    190.00us     84.50us ( +-   3.00% )',
	].join('\n');
	expect(kvmStatRows(text)).toEqual([
		{reason: 'MSR_WRITE', samples: 4213, average: 1240},
		{reason: 'EPT_MISCONFIG', samples: 410, average: 84_500},
	]);
});

test('interrupts between two readings of /proc/interrupts', () => {
	const before = '           CPU0       CPU1\n 26:         3          0   PCI-MSI 32768-edge      virtio0-config\n 27:        10        100   PCI-MSI 32769-edge      virtio0-control\n';
	const after = '           CPU0       CPU1\n 26:         3          0   PCI-MSI 32768-edge      virtio0-config\n 27:        10        350   PCI-MSI 32769-edge      virtio0-control\n';
	expect([...interruptDeltas(before, after, 'virtio0-control').values()]).toEqual([[0, 250]]);
	expect(interruptDeltas('', 'not such a file', 'virtio0').size).toBe(0);
});
