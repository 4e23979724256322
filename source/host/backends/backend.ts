import {type ThreadId} from '../../cpu/ids.js';
import {type QueueId} from '../../devices/profile.js';
import {type Thread} from '../../cpu/thread.js';

/** Values of `host.backend`. */
export const backendNames = ['qemu', 'vhost-user-gpu', 'crosvm', 'libkrun', 'mapped'] as const;

export type BackendName = (typeof backendNames)[number];

/** Who serves the device, as people call it. */
export const serverNames: Readonly<Record<BackendName, string>> = {
	qemu: 'main loop',
	'vhost-user-gpu': 'gpu process',
	crosvm: 'gpu worker',
	libkrun: 'gpu worker',
	mapped: 'device',
};

/**
Segments of the longest chain that a backend takes, of its own or in an indirect table: VIRTQUEUE_MAX_SIZE of QEMU and of
libvhost-user. crosvm and libkrun know no indirect tables, so the ring is their limit; of mapped hardware none is known.
*/
export const longestChains: Readonly<Record<BackendName, number>> = {
	qemu: 1024,
	'vhost-user-gpu': 1024,
	crosvm: Infinity,
	libkrun: Infinity,
	mapped: Infinity,
};

/**
Accesses to the device's registers in the guest's interrupt handler, each an exit to the VMM. libkrun's devices are virtio-mmio:
vm_interrupt reads InterruptStatus and writes InterruptACK. The others are virtio-pci with MSI-X, whose handler (vp_vring_interrupt) touches no register.
*/
export const interruptAccesses: Readonly<Record<BackendName, number>> = {
	qemu: 0, 'vhost-user-gpu': 0, crosvm: 0, libkrun: 2, mapped: 0,
};

/** The name of who serves the device with this value of `host.backend`. */
export function serverName(backend: unknown): string {
	return serverNames[backendNames.find(name => name === backend) ?? 'qemu'];
}

/**
The program (or the hardware) that implements the device: it is told of doorbells and signalled
fences, takes commands from the rings, and interrupts. All backends of a host but the one that
`host.backend` names are at rest.
*/
export type Backend = {
	/** It sleeps, and nothing is pending that would wake it but fences. */
	readonly isAsleep: boolean;
	/** It sleeps and has no command in hand, no fence left. */
	readonly isIdle: boolean;
	/** Takes over: the device has been reset, and nothing is pending. */
	start(): void;
	/** A doorbell of this queue has arrived; `waker` is the host thread that rang, or `nobody`. */
	schedule(queue: QueueId, waker: ThreadId): void;
	/** The fence poll timer has expired, or the GPU calls back. */
	fencesReady(): void;
	/** A fault: it does nothing for `duration` ns. */
	stallFor(duration: number): void;
	/** The next step of the thread that serves the device. */
	step(thread: Thread): void;
};
