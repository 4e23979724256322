import {type Payload} from './trace-event.js';

type Reader = (text: string) => Payload | undefined;

/** The host's KVM events (arch/x86/kvm/trace.h, include/trace/events/kvm.h); undefined for a payload of another form. */
export const kvmPayloads: ReadonlyMap<string, Reader> = new Map<string, Reader>([
	['kvm_exit', exit],
	['kvm_entry', entry],
	['kvm_mmio', mmio],
	['kvm_fast_mmio', fastMmio],
	['kvm_msi_set_irq', msi],
	['kvm_userspace_exit', userspaceExit],
]);

/** Older kernels have no `vcpu N` in front. */
function exit(text: string): Payload | undefined {
	const [, vcpu, reason] = /^(?:vcpu (\d{1,5}),? )?reason (\S{1,60})/v.exec(text) ?? [];
	return reason === undefined ? undefined : {name: 'kvm_exit', vcpu: Number(vcpu ?? -1), reason};
}

function entry(text: string): Payload | undefined {
	const [, vcpu] = /^vcpu (\d{1,5})/v.exec(text) ?? [];
	return vcpu === undefined ? undefined : {name: 'kvm_entry', vcpu: Number(vcpu)};
}

function mmio(text: string): Payload | undefined {
	const [, access, bytes, address] = /^mmio (read|write|unsatisfied-read) len (\d{1,3}) gpa (0x[\da-f]{1,16})/iv.exec(text) ?? [];
	return access === undefined
		? undefined
		: {
			name: 'kvm_mmio', access, bytes: Number(bytes), address,
		};
}

function fastMmio(text: string): Payload | undefined {
	const [, address] = /^fast mmio at gpa (0x[\da-f]{1,16})/iv.exec(text) ?? [];
	return address === undefined ? undefined : {name: 'kvm_fast_mmio', address};
}

function msi(text: string): Payload | undefined {
	const [, destination, vector] = /^dst ([\da-f]{1,8}) vec (\d{1,3})/iv.exec(text) ?? [];
	return destination === undefined ? undefined : {name: 'kvm_msi_set_irq', destination: Number.parseInt(destination, 16), vector: Number(vector)};
}

function userspaceExit(text: string): Payload | undefined {
	const [, reason] = /^reason (\S{1,60}|restart|error)/v.exec(text) ?? [];
	return reason === undefined ? undefined : {name: 'kvm_userspace_exit', reason};
}
