import {type Scene} from '../../session/view.js';
import {drawLatency} from './recording-latency.js';
import {drawRunLatency} from './run-latency.js';

/** How long commands take, of a run or of a recording. */
export function drawLife(scene: Scene): void {
	const {recording, run} = scene.snapshot;
	if (recording !== undefined) {
		drawLatency(recording, scene);
	} else if (run !== undefined) {
		drawRunLatency(run, scene);
	}
}
