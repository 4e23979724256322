import {type GuestCore} from '../guest-core.js';
import {type Submitter} from '../submitter.js';

/**
virtgpu_fence.c: the command gets its fence, with qlock held. ns of the submitter's time:
that of the objects which get it.
*/
export function virtio_gpu_fence_emit(core: GuestCore, command: number): number {
	return virtio_gpu_array_add_fence(core, command) + virtio_gpu_array_unlock_resv(core, command);
}

/**
virtgpu_gem.c: dma_resv_add_fence for each object of the command. `driver.fenceWork` is the time of
an object, its unlock included.
*/
export function virtio_gpu_array_add_fence({costs, pool}: GuestCore, command: number): number {
	return costs.fenceWork.drawSum(pool.objects[command]);
}

/**
virtgpu_gem.c: drm_gem_unlock_reservations, with qlock held too. Its time is in that
of `virtio_gpu_array_add_fence`.
*/
export function virtio_gpu_array_unlock_resv(_core: GuestCore, _command: number): number {
	return 0;
}

/** virtgpu_fence.c: the response carries the fence, which signals to who waits for it. */
export function virtio_gpu_fence_event_process(submitter: Submitter): void {
	submitter.unsignalled--;
}
