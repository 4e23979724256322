/**
The parts of a line that is an event, as places in its bytes: one object serves all lines of a
reading. What a layout has not is -1.
*/
export class LineParts {
	commStart = 0;
	commEnd = 0;
	pid = -1;
	cpu = -1;
	/** Preemption depth; -1 where the layout has no flags. */
	depth = -1;
	/** Whole seconds and ns of the line's time; NaN where the line has none. */
	seconds = Number.NaN;
	nanoseconds = 0;
	/** Name of the event, without the system that perf writes before it. */
	eventStart = 0;
	eventEnd = 0;
	textStart = 0;
	/** A line of the function tracer: `eventStart` to `eventEnd` is the function's name. */
	isFunction = false;
	/** The machine or file that stands before it; empty where none does. */
	machine = '';

	clear(): void {
		this.commStart = 0;
		this.commEnd = 0;
		this.pid = -1;
		this.cpu = -1;
		this.depth = -1;
		this.seconds = Number.NaN;
		this.nanoseconds = 0;
		this.isFunction = false;
		this.machine = '';
	}
}

/** ns that the last digit of a fraction of a second stands for, by its number of digits. */
export const fractionUnits: readonly number[] = Array.from({length: 10}, (_, digits) => 10 ** (9 - digits));
