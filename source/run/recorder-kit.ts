import {Recorder} from '../metrics/recorder.js';
import {ResetCut} from '../metrics/reset-cut.js';
import {type Build} from './instruments.js';

/** What measures a run that can go back. */
export type RecorderKit = {readonly recorder: Recorder};

/**
A recorder with windows of this length, ns. Its figures begin anew when a device
reset has put new rings in place.
*/
export function recorderKit(window: number, kept?: number): Build<RecorderKit> {
	return simulation => {
		const recorder = new Recorder(simulation, window, kept);
		simulation.observe(recorder);
		simulation.observe(new ResetCut(recorder));
		return {recorder};
	};
}
