import {controlQueue, cursorQueue} from '../../devices/gpu/profile.js';
import {DeviceWorker} from './device-worker.js';

/**
`host.backend=libkrun`: the "gpu worker" thread of libkrun (src/devices/src/virtio/gpu/worker.rs, Worker::work):
reads the control queue's eventfd, drains the queue (process_queue), and interrupts once if anything was
returned (try_signal_used_queue), whatever the avail ring's flags say. It offers no EVENT_IDX and
never looks at the cursor queue.
*/
export class Libkrun extends DeviceWorker {
	protected override readonly signalsEach = false;
	protected override readonly order = Object.freeze([controlQueue, cursorQueue]);

	protected override wantsSignal(): boolean {
		return true;
	}
}
