import {type PayloadReader} from './payload-reader.js';
import {isSame} from './name-table.js';
import {type Payload} from './trace-event.js';

/**
Payloads of one event's name that are kept: a work or an interrupt says one
of few things again and again.
*/
const most = 4;

/**
Payloads after which an event's name that rarely repeats is read without looking for the last ones.
*/
const trial = 256;

type Kept = {readonly bytes: Uint8Array; readonly payload: Payload};

/**
What the payloads of one event's name said lately, by their bytes: reading depends on nothing else,
so one that comes again has the object that it had before. Names whose payloads do not come again
(each has a number of its own) turn it off.
*/
export class RecentPayloads {
	private readonly read: PayloadReader;
	private readonly kept: Kept[] = [];
	private oldest = 0;
	private asked = 0;
	private found = 0;
	private isOn = true;

	constructor(read: PayloadReader) {
		this.read = read;
	}

	/** The payload in bytes `start` to `end`; undefined for one of another form. */
	payload(bytes: Uint8Array, start: number, end: number): Payload | undefined {
		if (!this.isOn) {
			return this.read(bytes, start, end);
		}

		const {kept} = this;
		this.asked++;
		for (let i = 0; i < kept.length; i++) {
			if (isSame(kept[i].bytes, bytes, start, end)) {
				this.found++;
				return kept[i].payload;
			}
		}

		if (this.asked >= trial) {
			this.isOn = 2 * this.found > this.asked;
			this.asked = 0;
			this.found = 0;
		}

		const payload = this.read(bytes, start, end);
		if (payload !== undefined) {
			kept[this.oldest] = {bytes: bytes.slice(start, end), payload};
			this.oldest = (this.oldest + 1) % most;
		}

		return payload;
	}
}
