import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';

/**
Tells of each `virtio_gpu_cmd_response` that a guest would show. The kernel traces a response before
it runs the callback (virtio_gpu_dequeue_ctrl_func), the model reports one when the callback has
returned: so the first is shown when the lock is released, and each other one when the response
before it is done. Cursor commands have no callback.
*/
export function shownResponses(
	{state}: Simulation,
	shown: (time: number, worker: number, command: number) => void,
): Observer {
	const {queues} = state.guest.core;
	return {
		workDrained(time, worker, queue) {
			const {reaped, reapedCount} = queues[queue];
			if (queue === 0 && reapedCount > 0) {
				shown(time, worker, reaped[0]);
			}
		},
		responded(time, worker, command) {
			if (state.pool.queue[command] === 1) {
				shown(time, worker, command);
				return;
			}

			const {reaped, reapedNext, reapedCount} = queues[0];
			if (reapedNext < reapedCount) {
				shown(time, worker, reaped[reapedNext]);
			}
		},
	};
}
