import {expect, test} from 'vitest';
import {KvmExits} from '../../../source/trace/recording/kvm-exits.js';
import {TraceReader} from '../../../source/trace/reader/trace-reader.js';

test('doorbells under KVM: the way out, the way back, and exits that an ioeventfd ends', () => {
	const reader = new TraceReader();
	const exits = new KvmExits();
	const line = (time: number, text: string): void => {
		const event = reader.readText(
			`       CPU 0/KVM-4711  [003] d..1.  12.${String(time).padStart(6, '0')}: ${text}`,
		);
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
		line(
			at + 100,
			'kvm_exit: vcpu 0 reason EPT_MISCONFIG rip 0xff info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0',
		);
		line(at + 100, 'kvm_fast_mmio: fast mmio at gpa 0xfebf3000');
		line(at + 103, 'kvm_entry: vcpu 0, rip 0xff');
		line(at + 200, 'kvm_exit: vcpu 0 reason HLT rip 0xff info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0');
		line(at + 900, 'kvm_entry: vcpu 0, rip 0xff');
	}

	expect(reader.others.unknown).toBe(0);
	expect(Object.fromEntries(exits.estimates().map(({key, value}) => [key, value]))).toEqual({
		'host.cost.exitUser': {kind: 'const', value: 6000},
		'host.cost.entry': {kind: 'const', value: 4000},
		'host.cost.exitKernel': {kind: 'const', value: 3000},
	});
});

/**
Exits of one vCPU, each with its write, its way to QEMU where `user` is
true, and 8 us later its entry.
*/
function exitsOf(
	writes: ReadonlyArray<readonly [exit: string, write: string, user: boolean, entry: string]>,
): KvmExits {
	const reader = new TraceReader();
	const exits = new KvmExits();
	for (const [index, [exit, write, user, entry]] of writes.entries()) {
		for (const [after, text] of [
			[0, exit],
			[1, write],
			[2, user ? 'kvm_userspace_exit: reason KVM_EXIT_MMIO (6)' : ''],
			[8, entry],
		] as const) {
			const event =
				text === ''
					? null
					: reader.readText(
							`       CPU 0/KVM-4711  [003] 12.${String(index * 100 + after).padStart(6, '0')}: ${text}`,
						);
			if (event !== null) {
				exits.add(event);
			}
		}
	}

	expect(reader.others.unknown).toBe(0);
	return exits;
}

const x86 = ['kvm_exit: vcpu 0 reason EPT_MISCONFIG rip 0x1 info1 0x0', 'kvm_entry: vcpu 0, rip 0x1'] as const;
const arm = [
	'kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0xffff800008a31d60',
	'kvm_entry: PC: 0xffff800008a31d64',
] as const;
const riscv = [
	'kvm_exit: EXIT_CAUSE:STORE_GUEST_PAGE_FAULT,PC:0x1, STVAL=0x2',
	'kvm_entry: PC: 0x0000000080001234',
] as const;
const loongarch = ['kvm_exit: [GSPR]PC: 0x9000000000200000', 'kvm_reenter: PC: 0x9000000000200004'] as const;
const s390 = [
	'kvm_s390_sie_exit: 00[0404c00180000000-0000000000a1b2c4]: intercept code 4 (instruction)',
	'kvm_s390_sie_enter: 00[0404c00180000000-0000000000a1b2c4]: entering sie flags 0',
] as const;
const powerpc = [
	'kvm_guest_exit: VCPU 0: trap=H_DATA_STORAGE pc=0xc000000000a1b2c4 msr=0x1, ceded=0',
	'kvm_guest_enter: VCPU 0: exceptions=0x0 pc=0xc000000000a1b2c4',
] as const;
const diagnose = 'kvm_s390_handle_diag: 00[0404c00180000000-0000000000a1b2c4]: diagnose call 0x0500';
const keys = (exits: KvmExits): readonly string[] => exits.estimates().map(({key}) => key);

test.each([
	['x86, a port of legacy virtio-pci', x86, 'kvm_pio: pio_write at 0xc050 size 2 count 1 val 0x0', 'port 0xc050'],
	['arm64, virtio-mmio', arm, 'kvm_mmio: mmio write len 4 gpa 0xa003e50 val 0x0', '0xa003e50'],
	['loongarch', loongarch, 'kvm_mmio: mmio write len 2 gpa 0x40003000 val 0x0', '0x40003000'],
	['powerpc', powerpc, 'kvm_mmio: mmio write len 2 gpa 0x40003000 val 0x0', '0x40003000'],
	['s390, virtio-ccw', s390, diagnose, 'diagnose 0x0500'],
	['RISC-V', riscv, 'kvm_mmio: mmio write len 2 gpa 0x40003000 val 0x0', '0x40003000'],
])('%s: the doorbell is what the guest writes', (_, [exit, entry], write, address) => {
	const exits = exitsOf(Array.from({length: 20}, () => [exit, write, true, entry] as const));
	exits.select([]);
	expect(exits.words).toBe(`KVM doorbell: 20 writes to ${address}`);
	expect(keys(exits)).toEqual(['host.cost.exitUser', 'host.cost.entry']);
});

test('an ioeventfd shows in exits without a way to QEMU, where others have one', () => {
	const doorbells = Array.from(
		{length: 20},
		() => [arm[0], 'kvm_mmio: mmio write len 2 gpa 0x10003000 val 0x0', false, arm[1]] as const,
	);
	expect(
		keys(exitsOf([...doorbells, [arm[0], 'kvm_mmio: mmio write len 1 gpa 0x9000000 val 0x0', true, arm[1]]])),
	).toEqual(['host.cost.exitKernel']);
	const unknown = exitsOf(doorbells);
	expect(keys(unknown)).toEqual([]);
	expect(unknown.complaint).toMatch(
		/20 writes to devices, .*record kvm_exit, kvm_mmio, kvm_userspace_exit and kvm_entry together/v,
	);
});

test("another device that is written more is not the GPU's doorbell", () => {
	const own = [x86[0], 'kvm_mmio: mmio write len 2 gpa 0xfe003000 val 0x0', true, x86[1]] as const;
	const other = [x86[0], 'kvm_mmio: mmio write len 2 gpa 0xfe007000 val 0x0', true, x86[1]] as const;
	const exits = exitsOf(Array.from({length: 20}, () => [other, own, other, other]).flat());
	exits.select(
		Array.from({length: 18}, (_, index) => ({start: 7919 * index * index, end: 7919 * index * index + 10})),
	);
	expect(exits.words).toMatch(/^KVM doorbell: 20 writes to 0xfe003000 /v);
});
