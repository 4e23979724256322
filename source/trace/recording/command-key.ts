import {type GpuCommandPayload} from '../reader/trace-event.js';

/** What a response finds its command by: seqno; up to Linux 6.2 the fence, else the order. */
export function commandKey({seqno, fence}: GpuCommandPayload, ordinal: number): number {
	if (seqno !== null) {
		return seqno;
	}

	// Below 0: fences; fractions: commands without one.
	return fence === 0 ? ordinal + 0.5 : -1 - fence;
}
