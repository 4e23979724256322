import {type Observer} from '../engine/probe.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {type Recorder} from './recorder.js';

/**
Restarts a recorder when a device reset has put new rings in place: the drain belongs neither to
the old setting nor to the new one. Attach it behind the recorder.
*/
export class ResetCut implements Observer {
	private readonly recorder: Recorder;

	constructor(recorder: Recorder) {
		this.recorder = recorder;
	}

	observe(point: number, _time: number, _actor: number, _subject: number, value: number): void {
		if (point === tracepoint.reset && value === 0) {
			this.recorder.restart();
		}
	}
}
