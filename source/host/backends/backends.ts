import {type Parameter} from '../../parameters/parameter.js';
import {type BackendParts, type BackendTraits} from './backend-traits.js';
import {crosvm} from './crosvm.js';
import {libkrun} from './libkrun.js';
import {qemu} from './main-loop.js';
import {mapped} from './mapped-device.js';
import {vhostUserGpu} from './vhost-user-gpu.js';
import {type VirtioGpu} from './virtio-gpu.js';

/**
The values of `host.backend`: a new backend has its line here, and the rest in a file of its own.
*/
export const backends = [qemu, vhostUserGpu, crosvm, libkrun, mapped] as const;

type Traits = (typeof backends)[number];

export type BackendName = Traits['value'];

/** Who implements the device. */
export const backendParameters = [
	{
		key: 'host.backend',
		sets: 'backend',
		label: 'backend',
		group: 'host',
		type: 'choice',
		unit: 'choice',
		choices: backends,
		default: 'qemu',
		provenance: {kind: 'source code', source: 'QEMU hw/display/virtio-gpu.c'},
		words:
			'The program that implements the device. It decides which thread processes commands, when it pops them, ' +
			'and when it interrupts.',
		effect: 'reset',
		metrics: ['kicks.perCommand', 'irqs.perCommand', 'bql.waitPerSecond', 'exits.user'],
	},
] as const satisfies readonly Parameter[];

/** The traits of a backend. */
export function backendOf(name: BackendName): BackendTraits {
	return backends.find(({value}) => value === name) ?? qemu;
}

/** The name of who serves the device with this value of `host.backend`. */
export function serverName(backend: unknown): string {
	return (backends.find(({value}) => value === backend) ?? qemu).serverName;
}

/** Every backend of a host by its name. */
export type Backends = {readonly [Each in Traits as Each['value']]: ReturnType<Each['create']>};

export function createBackends(gpu: VirtioGpu, parts: BackendParts): Backends {
	return Object.fromEntries(backends.map(({value, create}) => [value, create(gpu, parts)])) as Backends;
}
