/** What lines that are no events are. */
export type LineKind = 'comment' | 'blank' | 'lost' | 'stack' | 'unknown';

const lostLine =
	/\[LOST (\d{1,15}) EVENTS\]|\[(?:(\d{1,15}) )?EVENTS DROPPED\]|PERF_RECORD_LOST\D*(\d{0,15})|^LOST (\d{1,15}) events|^dropped \S+ (?:pid=\d+ )?num_events_dropped=(0x[\da-f]{1,12})/v;

const commentLine =
	/^(?:cpus=\d+|version = \d+|CPU \d+ is empty|-+|Dumping ftrace buffer:|\(ftrace buffer empty\)|CPU:\d+ \[SUBBUFFER START\].*|##### CPU \d+ buffer started #####)$/v;

/**
A frame of a call chain of perf script, which may be at address 0 or have no name, or the line of
source behind it (-F +srcline).
*/
const frameLine =
	/^\s+(?:[\da-f]{1,16} \S.*(?:\)|\+0x[\da-f]+)|[\da-f]{6,16} \S.*|(?:\S+\.[A-Za-z]{1,4}|\?\?):\d+(?: \(inlined\))?)$/v;

/** The kind of a line that is no event; null for one of no known kind. */
export function kindOf(line: string): LineKind | null {
	const trimmed = line.trim();
	if (lostLine.test(trimmed)) {
		return 'lost';
	}

	if (commentLine.test(trimmed)) {
		return 'comment';
	}

	// Ftrace's option stacktrace has arrows.
	return frameLine.test(line) || trimmed.startsWith('=> ') || /^<(?:user )?stack trace>$/v.test(trimmed)
		? 'stack'
		: null;
}

/** How many events a line says are lost; 1 where it does not say how many. */
export function lostEvents(line: string): number {
	const numbers = lostLine.exec(line.trim())?.slice(1) ?? [];
	return Number(numbers.find(number => number !== undefined && number !== '') ?? 1) || 1;
}
