import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {type Recorder} from './recorder.js';

/**
Restarts a recorder when a device reset has put new rings in place: the drain belongs neither to
the old setting nor to the new one. Attach it behind the recorder.
*/
export class ResetCut implements Instrument {
	readonly observers: readonly Observer[];

	constructor(recorder: Recorder) {
		this.observers = [
			{
				reset(_time, _actor, _subject, begins) {
					if (begins === 0) {
						recorder.restart();
					}
				},
			},
		];
	}
}
