import {textOf} from './byte-words.js';
import {type PayloadReader} from './payload-reader.js';
import {type Payload} from './trace-event.js';

type Form = (text: string) => Payload | undefined;

const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
	['kvm_exit', exit],
	['kvm_entry', entry],
	['kvm_mmio', mmio],
	['kvm_pio', pio],
	['kvm_fast_mmio', fastMmio],
	['kvm_msi_set_irq', msi],
	['kvm_userspace_exit', userspaceExit],
	['kvm_s390_sie_enter', () => ({name: 'kvm_entry', vcpu: -1})],
	[
		'kvm_s390_sie_exit',
		text => ({
			name: 'kvm_exit',
			vcpu: -1,
			reason: /^\d*\[.{0,40}\]: intercept code (\S{1,20})/v.exec(text)?.[1] ?? 'SIE',
		}),
	],
	['kvm_s390_handle_diag', diagnose],
	['kvm_book3s_enter', () => ({name: 'kvm_entry', vcpu: -1})],
	['kvm_guest_enter', entry],
	['kvm_guest_exit', guestExit],
	// Mips and loongarch: into the guest, back into it after an exit, out to the VMM.
	['kvm_enter', () => ({name: 'kvm_entry', vcpu: -1})],
	['kvm_reenter', () => ({name: 'kvm_entry', vcpu: -1})],
	['kvm_out', () => ({name: 'kvm_userspace_exit', reason: 'out'})],
]);

/**
The host's KVM events (include/trace/events/kvm.h and arch/…/kvm/trace*.h); undefined
for a payload of another form.
*/
export const kvmPayloads: ReadonlyMap<string, PayloadReader> = new Map<string, PayloadReader>(
	[...forms].map(([name, form]) => [name, (bytes, start, end) => form(textOf(bytes, start, end))]),
);

/**
What an exit says of its reason, by architecture: x86 `vcpu N reason R rip …` (without a vcpu up to
5.5), arm64 `TRAP: HSR_EC: 0x24 (DABT_LOW), PC: …` and `IRQ: …`, arm `PC: …`, powerpc
`exit=R | pc=…`, mips `[R]PC: …`, riscv `EXIT_CAUSE:R,PC…`, loongarch `[R] PC: …`.
*/
const exitForms: readonly RegExp[] = [
	/^(?:vcpu (?<vcpu>\d{1,5}),? )?reason (?<reason>\S{1,60})/v,
	/^(?<kind>[A-Z]+): (?:vcpu: (?<vcpu>\d{1,5}) )?[HE]SR_EC: 0x[\da-f]{1,8} \((?<reason>[^\)]{1,60})\)/iv,
	/^exit=(?<reason>\S{1,60})/v,
	/^\[(?<reason>[^\]]{1,60})\] ?PC/v,
	/^EXIT_CAUSE: ?(?<reason>[^,\s]{1,60})/v,
	/^(?<reason>PC): 0x/v,
];

function exit(text: string): Payload | undefined {
	for (const form of exitForms) {
		const groups = form.exec(text)?.groups;
		if (groups !== undefined) {
			return {name: 'kvm_exit', vcpu: Number(groups.vcpu ?? -1), reason: groups.reason};
		}
	}

	return undefined;
}

/** Powerpc's HV (trace_hv.h): `VCPU 0: trap=EXTERNAL pc=…`. */
function guestExit(text: string): Payload | undefined {
	const {vcpu, reason} = /^VCPU (?<vcpu>\d{1,5}): trap=(?<reason>\S{1,60})/v.exec(text)?.groups ?? {};
	return vcpu === undefined ? undefined : {name: 'kvm_exit', vcpu: Number(vcpu), reason};
}

/** S390's virtio-ccw rings by diagnose 0x500 (virtio_ccw_kvm_notify), which has no address. */
function diagnose(text: string): Payload | undefined {
	const [, code] = /diagnose call (0x[\da-f]{1,8})/iv.exec(text) ?? [];
	return code === undefined
		? undefined
		: {
				name: 'kvm_mmio',
				access: 'write',
				bytes: 4,
				address: `diagnose ${code}`,
			};
}

/** X86 says the vcpu; elsewhere the thread tells whose entry it is. */
function entry(text: string): Payload | undefined {
	const [, vcpu] = /vcpu:? (\d{1,5})/iv.exec(text) ?? [];
	return vcpu === undefined && !/PC|pc|\d/v.test(text) ? undefined : {name: 'kvm_entry', vcpu: Number(vcpu ?? -1)};
}

function mmio(text: string): Payload | undefined {
	const [, access, bytes, address] =
		/^mmio (read|write|unsatisfied-read) len (\d{1,3}) gpa (0x[\da-f]{1,16})/iv.exec(text) ?? [];
	return access === undefined
		? undefined
		: {
				name: 'kvm_mmio',
				access,
				bytes: Number(bytes),
				address,
			};
}

/** Ports, which the doorbells of legacy virtio-pci are (x86). */
function pio(text: string): Payload | undefined {
	const [, access, address, bytes] = /^pio_(read|write) at (0x[\da-f]{1,8}) size (\d{1,2}) count/iv.exec(text) ?? [];
	return access === undefined
		? undefined
		: {
				name: 'kvm_pio',
				access,
				bytes: Number(bytes),
				address: `port ${address}`,
			};
}

function fastMmio(text: string): Payload | undefined {
	const [, address] = /^fast mmio at gpa (0x[\da-f]{1,16})/iv.exec(text) ?? [];
	return address === undefined ? undefined : {name: 'kvm_fast_mmio', address};
}

function msi(text: string): Payload | undefined {
	const [, destination, vector] = /^dst ([\da-f]{1,8}) vec (\d{1,3})/iv.exec(text) ?? [];
	return destination === undefined
		? undefined
		: {name: 'kvm_msi_set_irq', destination: Number.parseInt(destination, 16), vector: Number(vector)};
}

function userspaceExit(text: string): Payload | undefined {
	const [, reason] = /^reason (\S{1,60}|restart|error)/v.exec(text) ?? [];
	return reason === undefined ? undefined : {name: 'kvm_userspace_exit', reason};
}
