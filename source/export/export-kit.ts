import {Recorder} from '../metrics/recorder.js';
import {type Build} from '../run/instruments.js';
import {UnderWay} from '../tracking/under-way.js';

/**
What an export of a stretch of a run has to know of the time before: what is under
way, and the stages of commands.
*/
export type ExportKit = {readonly underWay: UnderWay; readonly recorder?: Recorder};

/** Length of the recorder's windows, ns: no export shows them. */
const window = 1_000_000_000;

/** Instruments for an export, with a recorder or without one. */
export function exportKit(needsRecorder: boolean): Build<ExportKit> {
	return simulation => {
		const recorder = needsRecorder ? new Recorder(simulation, window, 1) : undefined;
		const underWay = new UnderWay(simulation);
		if (recorder !== undefined) {
			simulation.observe(recorder);
		}

		simulation.observe(underWay);
		return recorder === undefined ? {underWay} : {recorder, underWay};
	};
}
