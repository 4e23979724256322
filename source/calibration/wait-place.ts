import {Samples} from '../trace/recording/samples.js';
import {type RecordedClient} from './recorded-client.js';

/**
Rounds from which a wait shows, and the shares of them that must and must not
begin with nothing outstanding.
*/
const fewestRounds = 20;
const always = 0.97;
const notAlways = 0.9;

/** Share of a response's latency within which a client that waited for it goes on. */
const soon = 0.5;

/** Share of visits from which something is what the client means. */
export const regular = 0.5;

/** What lies between a command of a client and its next one, ns. */
export type Gap = {
	/** Of the next one. */
	readonly place: number;
	/** The ring was full: a wait for room hides the rest. */
	readonly isFull: boolean;
	/** From publication to publication, doorbells and waits for the lock taken out. */
	readonly time: number;
	/** The recording shows when the client slept. */
	readonly sleeps: boolean;
	readonly slept: number;
	readonly wakes: number;
	/** Sleep that was no wait for an answer. */
	readonly rest: number;
	/** The command whose answer came last; null while any was outstanding. */
	readonly answer: number | null;
	/** From that answer to the next publication. */
	readonly sinceAnswer: number | null;
	/** From the end of the sleep in which it came. */
	readonly sinceWake: number | null;
	/** From the answer to the end of that sleep. */
	readonly lag: number | null;
};

/**
The place before which a client waits for its answers, or -1. Where the recording has
sleeps, an answer ends them there soon after it has come. Otherwise the client has none
outstanding there and elsewhere it has; with a host so fast that it never has any, it waits
if it goes on soon after the answer.
*/
export function waitPlaceOf(gaps: readonly Gap[], {commands}: RecordedClient, length: number): number {
	const places = Array.from({length}, () => ({
		visits: 0,
		answered: 0,
		pauses: 0,
		lags: new Samples(),
		since: new Samples(),
	}));
	for (const {place, slept, sinceAnswer, lag} of gaps) {
		const at = places[place];
		at.visits++;
		at.pauses += slept > 0 ? 1 : 0;
		if (sinceAnswer !== null) {
			at.answered++;
			at.since.add(sinceAnswer);
		}

		if (lag !== null) {
			at.lags.add(lag);
		}
	}

	const latencies = new Samples();
	for (const {published, responded} of commands) {
		if (responded !== null) {
			latencies.add(responded - published);
		}
	}

	const share = (place: number): number => places[place].answered / Math.max(1, places[place].visits);
	if (places[0].visits < fewestRounds) {
		return -1;
	}

	if (gaps.some(({sleeps}) => sleeps)) {
		return places.findIndex(
			({visits, lags}, place) =>
				lags.count >= regular * visits && share(place) >= always && lags.median < soon * latencies.median,
		);
	}

	if (places.some(({visits, pauses}) => pauses >= regular * visits)) {
		return -1;
	}

	const place = places.findIndex((_, index) => share(index) >= always);
	if (place === -1 || places.some((_, index) => share(index) < notAlways)) {
		return place;
	}

	return places[place].since.median < soon * latencies.median ? place : -1;
}
