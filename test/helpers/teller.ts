import {Probe} from '../../source/engine/probe.js';
import {handlersByNumber, type Instrument} from '../../source/tracepoints/observer.js';
import {tracepoint, type TracepointName, tracepointNames} from '../../source/tracepoints/tracepoints.js';

/** Tells an instrument of tracepoints at the times (ns) that it is given. */
export function teller(
	instrument: Instrument,
): (name: TracepointName, time: number, actor?: number, subject?: number, value?: number) => void {
	const clock = {now: 0};
	const probe = new Probe(clock, tracepointNames.length);
	for (const observer of instrument.observers) {
		probe.attach(observer, handlersByNumber(observer));
	}

	return (name, time, actor = 0, subject = 0, value = 0) => {
		clock.now = time;
		probe.emit(tracepoint[name], actor, subject, value);
	};
}
