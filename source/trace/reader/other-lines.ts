import {fitText} from '../../charts/fit-text.js';
import {textOf} from './byte-words.js';
import {type Counter} from './event-names.js';
import {type LineKind} from './line-kind.js';
import {type Unreadable, unreadableOf} from './unreadable.js';

/** Bytes; longer lines are no events. Bounds the work of one line. */
export const longestLine = 4096;

/** Counts the lines that are no events. */
export class OtherLines {
	/** Lines that are neither event nor comment. */
	unknown = 0;
	/** The first unknown lines, cut, for messages. */
	readonly unknownSamples: string[] = [];
	/** What unknown lines turned out to be, by the table, with how many there are. */
	readonly unreadable = new Map<Unreadable, number>();
	private readonly kinds = new Map<LineKind, Counter>();

	/** Lines by their kind. */
	counts(): ReadonlyArray<readonly [LineKind, number]> {
		return [...this.kinds].map(([kind, {count}]) => [kind, count]);
	}

	/** A line of this kind; null, as it is no event. */
	miss(kind: LineKind): null {
		const counter = this.kinds.get(kind);
		if (counter === undefined) {
			this.kinds.set(kind, {count: 1});
		} else {
			counter.count++;
		}

		return null;
	}

	/**
	A line of no kind that is known, in bytes `start` to `end`; some are looked at for what they may
	be.
	*/
	missUnknown(bytes: Uint8Array, start: number, end: number): null {
		this.unknown++;
		if (this.unknownSamples.length < 3 || this.unknown % 64 === 0 || this.unreadable.size > 0) {
			const text = textOf(bytes, start, Math.min(end, start + longestLine));
			if (this.unknownSamples.length < 3) {
				this.unknownSamples.push(fitText(text, 80));
			}

			this.recognize(text);
		}

		return this.miss('unknown');
	}

	/** Notes what a text turns out to be, when it is something that is known and not read. */
	recognize(text: string): void {
		const found = unreadableOf(text);
		if (found !== null) {
			this.unreadable.set(found, (this.unreadable.get(found) ?? 0) + 1);
		}
	}
}
