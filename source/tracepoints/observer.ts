import {type Alarm, type Handler, type HandlersByNumber} from '../engine/probe.js';
import {type TracepointName, tracepointNames} from './tracepoints.js';

/**
Somebody who watches a run: a handler for each tracepoint that it wants to hear of, by name. A
handler is told when (ns), then the arguments that the table names:
`{published(time, thread, command, numFree) {…}}`. `every` hears all of them, before the observer's
handlers by name. An observer must not touch the model. Handlers are called without `this`.
*/
export type Observer = Readonly<Partial<Record<TracepointName, Handler>>> & {
	readonly every?: (name: TracepointName, time: number, actor: number, subject: number, value: number) => void;
};

/**
What watches a run with observers of its own, which hear each tracepoint in their
order; its alarm rings before them.
*/
export type Instrument = {readonly observers: readonly Observer[]; readonly alarm?: Alarm};

/** The observers of whatever watches a run. */
export function observersOf(watcher: Observer | Instrument): readonly Observer[] {
	return 'observers' in watcher ? watcher.observers : [watcher];
}

/** What an observer hears, as `Probe` wants it. */
export function handlersByNumber(observer: Observer): HandlersByNumber {
	const {every} = observer;
	return tracepointNames.map(name => {
		const own = observer[name];
		const named = own === undefined ? [] : [own];
		if (every === undefined) {
			return named;
		}

		const all: Handler = (time, actor, subject, value) => {
			every(name, time, actor, subject, value);
		};

		return [all, ...named];
	});
}
