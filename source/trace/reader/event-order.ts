/** ns by which an event may come late without a word. */
const usualDisorder = 1_000_000;

/**
Times below this (ns) from the start on, and times that go back, are what differences look like.
*/
const shortTime = 1_000_000;
const fewestForDifferences = 50;

/** Keeps account of the order that events come in. */
export class EventOrder {
	/** Events that are earlier than one before them by more than 1 ms. */
	disordered = 0;
	private events = 0;
	private latest = -Infinity;
	private previous = -Infinity;
	private backwards = 0;
	private short = 0;

	/**
	Whether the times are those since the event before: most are short, and as many go back as
	forth. Of no use for times from another second on.
	*/
	get areDifferences(): boolean {
		return (
			this.events >= fewestForDifferences && this.backwards > 0.2 * this.events && this.short > 0.5 * this.events
		);
	}

	/** An event of a time, ns. */
	see(time: number): void {
		this.events++;
		if (time < this.latest) {
			this.backwards += time < this.previous ? 1 : 0;
			this.disordered += time < this.latest - usualDisorder ? 1 : 0;
		} else {
			this.latest = time;
		}

		this.short += time < shortTime ? 1 : 0;
		this.previous = time;
	}

	/** Another clock begins. */
	restart(): void {
		this.latest = -Infinity;
		this.previous = -Infinity;
	}
}
