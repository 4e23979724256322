import {type ParameterValue, type ResolvedParameters} from '../../parameters/configuration.js';
import {pleWindow} from '../../host/host-parameters.js';
import {type Parameter} from '../../parameters/parameter.js';
import {parameter, parameters} from './table.js';
import {UserError} from '../../errors/user-error.js';
import {checkValue} from '../../parameters/value.js';

/** Some keys with values; texts are parsed as after `--set`, numbers of durations are ns. */
export type GivenParameters = Readonly<Record<string, ParameterValue>>;

/** More slots than this are beyond QEMU's limit (`VIRTQUEUE_MAX_SIZE`). */
const qemuSlots = 1024;

/** Slots of the control queue that backends of their own compile in. */
const backendSlots: Readonly<Record<string, number>> = {crosvm: 512, libkrun: 256};

/** Ring features that a backend does not offer: libkrun AVAIL_FEATURES, crosvm base_features (which reads no indirect table either). */
const missingFeatures: Readonly<Record<string, ReadonlyArray<readonly [key: string, feature: string]>>> = {
	crosvm: [['queue.indirect', 'VIRTIO_F_INDIRECT_DESC']],
	libkrun: [['queue.eventIdx', 'VIRTIO_F_EVENT_IDX'], ['queue.indirect', 'VIRTIO_F_INDIRECT_DESC']],
};

/** Backends that see fences by a callback or a descriptor and have no timer to poll them. */
const neverPolls: ReadonlySet<string> = new Set(['vhost-user-gpu', 'libkrun', 'mapped']);

/** The default of a key: a value, or the word of an automatic one. */
export function defaultOf(key: string): ParameterValue {
	return parameter(key).default;
}

/**
Every key of the table with a value: what is given, else the default, nothing left at `auto`.
Throws `UserError` for an unknown key, a value out of range, or values that contradict each other.
*/
export function resolveParameters(given: GivenParameters = {}): ResolvedParameters {
	const values: Record<string, ParameterValue> = {};
	for (const entry of parameters) {
		values[entry.key] = entry.default;
	}

	for (const [key, value] of Object.entries(given)) {
		const entry = parameter(key);
		if (entry.group === 'client') {
			throw new UserError(`${key}: the clients are not to be set here, they come with the recording or the cells`);
		}

		values[key] = checkValue(entry, value);
	}

	for (const entry of parameters) {
		if (values[entry.key] === entry.automatic?.word) {
			values[entry.key] = automaticValue(entry, values);
		}
	}

	for (const key of ['guest.irqVcpu', 'guest.cursorIrqVcpu']) {
		if (!Object.hasOwn(given, key)) {
			values[key] = Math.min(numberAt(values, key), numberAt(values, 'guest.vcpus') - 1);
		}
	}

	for (const [key] of missingFeatures[wordAt(values, 'host.backend')] ?? []) {
		if (!Object.hasOwn(given, key)) {
			values[key] = false;
		}
	}

	refuseContradictions(values);
	return values;
}

/** What is allowed but leaves what is modelled or what the real thing does, one sentence each. */
export function warningsFor(resolved: ResolvedParameters): readonly string[] {
	const warnings: string[] = [];
	for (const key of ['queue.size', 'queue.cursorSize']) {
		if (['qemu', 'vhost-user-gpu'].includes(wordAt(resolved, 'host.backend')) && numberAt(resolved, key) > qemuSlots) {
			warnings.push(`${key} = ${numberAt(resolved, key)}: QEMU allows at most ${qemuSlots} slots`);
		}
	}

	return warnings;
}

function automaticValue(entry: Parameter, values: ResolvedParameters): ParameterValue {
	const virgl = values['device.kind'] === 'virgl';
	const backend = wordAt(values, 'host.backend');
	switch (entry.key) {
		case 'queue.size': {
			return backendSlots[backend] ?? (virgl ? 256 : 64);
		}

		case 'queue.cursorSize': {
			return backend === 'libkrun' ? 256 : 16;
		}

		case 'host.cpus': {
			return numberAt(values, 'guest.vcpus') + (backend === 'mapped' ? 0 : 1);
		}

		case 'host.ple': {
			return values['host.accel'] === 'tcg' ? 0 : pleWindow;
		}

		case 'device.fence': {
			return virgl ? (backend === 'qemu' ? 'poll' : 'async') : 'sync';
		}

		default: {
			return values[entry.family ?? entry.key];
		}
	}
}

function refuseContradictions(values: ResolvedParameters): void {
	for (const key of ['queue.size', 'queue.cursorSize']) {
		const size = numberAt(values, key);
		if (values['queue.layout'] === 'split' && (size & (size - 1)) !== 0) {
			const below = 2 ** Math.floor(Math.log2(size));
			throw new UserError(`${key}: ${size} is no power of two, which a split ring needs: ${below} or ${2 * below}, or queue.layout=packed`);
		}
	}

	if (values['host.accel'] === 'tcg' && values['driver.spinlock'] === 'pv-qspinlock') {
		throw new UserError('driver.spinlock: pv-qspinlock needs KVM\'s hypercall, which host.accel=tcg has not: test-and-set or qspinlock');
	}

	refuseForBackend(values);
	const cpus = numberAt(values, 'host.cpus');
	if (numberAt(values, 'host.pinServer') >= cpus) {
		throw new UserError(`host.pinServer: there is no CPU ${numberAt(values, 'host.pinServer')} with host.cpus=${cpus}: 0 to ${cpus - 1}, or -1 for anywhere`);
	}

	const vcpus = numberAt(values, 'guest.vcpus');
	for (const key of ['guest.irqVcpu', 'guest.cursorIrqVcpu']) {
		if (numberAt(values, key) >= vcpus) {
			throw new UserError(`${key}: there is no vCPU ${numberAt(values, key)} with guest.vcpus=${vcpus}: 0 to ${vcpus - 1}`);
		}
	}

	const fence = values['device.fence'];
	if (values['device.kind'] === '2d' && typeof fence === 'string' && fence !== 'sync') {
		throw new UserError(`device.fence: ${fence} needs device.kind=virgl: a 2d device completes fences at once (sync)`);
	}
}

function refuseForBackend(values: ResolvedParameters): void {
	const backend = wordAt(values, 'host.backend');
	for (const [key, feature] of missingFeatures[backend] ?? []) {
		if (values[key] === true) {
			throw new UserError(`${key}: ${backend} does not offer ${feature}: false, or another host.backend`);
		}
	}

	if (backend === 'libkrun' && values['queue.layout'] === 'packed') {
		throw new UserError('queue.layout: libkrun has split rings only (src/devices/src/virtio/queue.rs): split');
	}

	if (backend !== 'qemu' && values['host.accel'] === 'tcg') {
		throw new UserError(`host.accel: tcg is QEMU's own emulation, and its doorbells are modelled for host.backend=qemu only: kvm with ${backend}`);
	}

	if (values['device.fence'] === 'poll' && neverPolls.has(backend)) {
		throw new UserError(`device.fence: ${backend} is told of each fence and polls none: async`);
	}
}

function numberAt(values: ResolvedParameters, key: string): number {
	return Number(values[key]);
}

/** The value of a choice. */
function wordAt(values: ResolvedParameters, key: string): string {
	const value = values[key];
	return typeof value === 'string' ? value : '';
}
