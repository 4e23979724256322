import {type WindowSeries} from '../metrics/window-series.js';
import {type LiveRun} from './live-run.js';

/** Whether something held in a window, by its index. */
export type WindowTest = (windows: WindowSeries, index: number) => boolean;

/**
The end (ns) of the last window before the one that ends now in which it held; undefined
when it held in none that is kept.
*/
export function lastHeld(windows: WindowSeries, now: number, holds: WindowTest): number | undefined {
	const {window, first} = windows;
	for (let index = Math.ceil(now / window) - 2; index >= first; index--) {
		if (holds(windows, index)) {
			return (index + 1) * window;
		}
	}

	return undefined;
}

/** What is waited for at the end of each window. */
export type Search = {readonly holds: WindowTest};

type Searched = {
	readonly now: number;
	readonly run: Pick<LiveRun, 'timeline' | 'recorder' | 'simulation'>;
	advanceTo(time: number, budget: number): boolean;
};

/**
Goes on window by window, about `budget` events; true where it held, and where the run stands still.
*/
export function runToHeld(session: Searched, {holds}: Search, budget: number): boolean {
	const {timeline, recorder, simulation} = session.run;
	const {windows} = recorder;
	const last = timeline.events + budget;
	while (timeline.events < last) {
		const index = Math.floor(session.now / windows.window);
		const end = (index + 1) * windows.window;
		if (!session.advanceTo(end, last - timeline.events)) {
			return false;
		}

		recorder.advance(end);
		if (holds(windows, index) || simulation.stall() !== null) {
			return true;
		}
	}

	return false;
}
