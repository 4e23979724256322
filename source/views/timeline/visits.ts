import {type Wait} from '../../tracking/excerpt.js';

/** Older ones are forgotten. */
const mostVisited = 20;

/** What was looked at: where, and the wait that was selected there. */
export type Place = {
	readonly from: number;
	readonly column: number;
	readonly cursor: number;
	readonly wait: Wait | undefined;
	readonly words: string;
};

/** The places that were looked at, and which of them it is. */
export class Visits {
	readonly all: Place[] = [];
	/** From 0; -1 before there is one. */
	at = -1;

	/** A place after this one: those that came after it are forgotten. */
	add(place: Place): void {
		this.all.splice(this.at + 1);
		this.all.push(place);
		if (this.all.length > mostVisited) {
			this.all.shift();
		}

		this.at = this.all.length - 1;
	}

	/** Goes back or forward; the place there, undefined when there is none. */
	go(by: -1 | 1): Place | undefined {
		const place = this.all[this.at + by];
		if (place !== undefined) {
			this.at += by;
		}

		return place;
	}
}
