import {parentPort} from 'node:worker_threads';
import {runCheck} from '../selfcheck/selfcheck.js';

/** A thread of `vqlab selfcheck`: makes the checks it is sent, one after another. An entry of the bundle. */
parentPort?.on('message', (check: number) => {
	parentPort?.postMessage(runCheck(check));
});
