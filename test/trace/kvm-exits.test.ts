import {expect, test} from 'vitest';
import {KvmExits} from '../../source/trace/calibration/kvm-exits.js';
import {TraceReader} from '../../source/trace/reader/trace-reader.js';

test('doorbells under KVM: the way out, the way back, and exits that an ioeventfd ends', () => {
	const reader = new TraceReader();
	const exits = new KvmExits();
	const line = (time: number, text: string): void => {
		const event = reader.readText(`       CPU 0/KVM-4711  [003] d..1.  12.${String(time).padStart(6, '0')}: ${text}`);
		if (event !== null) {
			exits.add(event);
		}
	};

	for (let i = 0; i < 10; i++) {
		const at = i * 1000;
		line(at, 'kvm_exit: vcpu 0 reason EPT_MISCONFIG rip 0xff info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0');
		line(at + 1, 'kvm_mmio: mmio write len 2 gpa 0xfebf3000 val 0x0');
		line(at + 2, 'kvm_userspace_exit: reason KVM_EXIT_MMIO (6)');
		line(at + 10, 'kvm_entry: vcpu 0, rip 0xff');
		line(at + 100, 'kvm_exit: vcpu 0 reason EPT_MISCONFIG rip 0xff info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0');
		line(at + 100, 'kvm_fast_mmio: fast mmio at gpa 0xfebf3000');
		line(at + 103, 'kvm_entry: vcpu 0, rip 0xff');
		line(at + 200, 'kvm_exit: vcpu 0 reason HLT rip 0xff info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0');
		line(at + 900, 'kvm_entry: vcpu 0, rip 0xff');
	}

	expect(reader.unknown).toBe(0);
	expect(Object.fromEntries(exits.estimates().map(({key, value}) => [key, value]))).toEqual({
		'host.cost.exitUser': {kind: 'const', value: 6000},
		'host.cost.entry': {kind: 'const', value: 4000},
		'host.cost.exitKernel': {kind: 'const', value: 3000},
	});
});
