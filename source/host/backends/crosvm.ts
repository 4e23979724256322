import {controlQueue, cursorQueue} from '../../devices/gpu/profile.js';
import {DeviceWorker} from './device-worker.js';

/**
`host.backend=crosvm`: the gpu worker thread of crosvm (devices/src/virtio/gpu/mod.rs, Worker::run). The cursor
queue is read as its event is seen, the control queue after all events; both are drained by process_queue
(pop, process_descriptor, add_used) before signal_used is called for each. Fences come by the renderer's poll
descriptor (event_poll), whose fence handler does add_used and signal_used for each.
*/
export class Crosvm extends DeviceWorker {
	protected override readonly signalsEach = false;
	protected override readonly order = Object.freeze([cursorQueue, controlQueue]);
}
