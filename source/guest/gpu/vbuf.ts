import {type GuestCore} from '../guest-core.js';

/** Memory of a command: struct virtio_gpu_vbuffer. */
export function virtio_gpu_get_vbuf({pool}: GuestCore): number {
	return pool.allocate();
}

/** The command has had its response or was given up. */
export function free_vbuf({pool}: GuestCore, command: number): void {
	pool.release(command);
}
