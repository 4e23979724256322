import {cpuRows} from './rows/cpu-rows.js';
import {frameRows} from './rows/frame-rows.js';
import {hostRows} from './rows/host-rows.js';
import {latencyRows} from './rows/latency-rows.js';
import {loadRows} from './rows/load-rows.js';
import {lockRows} from './rows/lock-rows.js';
import {pauseRows} from './rows/pause-rows.js';
import {ringRows} from './rows/ring-rows.js';
import {signalRows} from './rows/signal-rows.js';
import {workerRows} from './rows/worker-rows.js';

/**
The metrics that each queue has, in the order of a report; those of the
cursor queue stand under `cursor.`.
*/
export const queueRows = {
	...loadRows,
	...signalRows,
	...workerRows,
	...lockRows,
	...ringRows,
	...latencyRows,
};

/** The metrics that belong to no queue. */
export const machineRows = {
	...hostRows,
	...cpuRows,
	...pauseRows,
	...frameRows,
};
