import {type Simulation} from '../simulation/simulation.js';
import {tracepoint} from '../tracepoints/tracepoints.js';

/**
The command whose `virtio_gpu_cmd_response` a guest would show at this point, or -1. The kernel
traces a response before it runs the callback (virtio_gpu_dequeue_ctrl_func), the model
reports one when the callback has returned: so the first is shown when the lock is released, and each
other one when the response before it is done. Cursor commands have no callback.
*/
export function shownResponse({state}: Simulation, point: number, subject: number): number {
	const {queues} = state.guest.core;
	if (point === tracepoint.workDrained) {
		const {reaped, reapedCount} = queues[subject];
		return subject === 0 && reapedCount > 0 ? reaped[0] : -1;
	}

	if (point !== tracepoint.responded) {
		return -1;
	}

	if (state.pool.queue[subject] === 1) {
		return subject;
	}

	const {reaped, reapedNext, reapedCount} = queues[0];
	return reapedNext < reapedCount ? reaped[reapedNext] : -1;
}
