/** The host's clock in the guest's: guest time = host time + offset, ns. */
export type Alignment = {
	readonly offset: number;
	/** Half of the range in which the offset may lie, ns. */
	readonly uncertainty: number;
	/** Doorbells that agree with it, and those looked at. */
	readonly agreeing: number;
	readonly matched: number;
	readonly method: 'doorbells' | 'doorbells and interrupts';
};

/**
How far both lists of doorbells may be shifted against each other: those
that one side missed at its ends.
*/
const widestShift = 64;

/** Doorbells that are looked at. */
const mostDoorbells = 2000;

/** ns by which a time stamp may be off: both are taken some time after what they stand for. */
const slack = 20_000;

/**
Aligns two clocks by doorbells that are calls on both sides: each host event lies between
the guest's `start` and `end` of the same doorbell. Tries shifts of one list against the other and
takes the one under which most doorbells agree on an offset. Null when fewer than half do.
*/
export function alignByDoorbells(
	guest: ReadonlyArray<{readonly start: number; readonly end: number}>,
	host: readonly number[],
): Alignment | null {
	let best: Alignment | null = null;
	const first = guest.slice(0, mostDoorbells);
	const difference = host.length - guest.length;
	const widest = Math.min(widestShift, Math.max(guest.length, host.length)) + Math.abs(difference);
	for (let shift = -widest; shift <= widest; shift++) {
		const candidate = agreement(first, host, shift);
		if (candidate !== null && (best === null || candidate.agreeing > best.agreeing)) {
			best = candidate;
		}
	}

	return best !== null && best.agreeing >= Math.max(3, 0.5 * Math.min(first.length, host.length)) ? best : null;
}

/**
With an ioeventfd the host sees a doorbell some time after the guest wrote it, and the guest
sees an interrupt some time after the host sent it: the offset lies between the two.
*/
export function alignByCausality(
	guestKicks: readonly number[],
	hostKicks: readonly number[],
	guestIrqs: readonly number[],
	hostMsis: readonly number[],
): Alignment | null {
	let best: Alignment | null = null;
	for (let kickShift = -8; kickShift <= 8; kickShift++) {
		for (let irqShift = -12; irqShift <= 12; irqShift++) {
			const low = pairwise(guestKicks, hostKicks, kickShift, Math.max);
			const high = pairwise(guestIrqs, hostMsis, irqShift, Math.min);
			if (low === null || high === null || low > high + slack) {
				continue;
			}

			const uncertainty = Math.abs(high - low) / 2;
			if (best === null || uncertainty < best.uncertainty) {
				best = {
					offset: (low + high) / 2,
					uncertainty,
					agreeing: guestKicks.length,
					matched: guestKicks.length,
					method: 'doorbells and interrupts',
				};
			}
		}
	}

	return best;
}

/**
The extreme of guest - host over pairs whose indices differ by `shift`;
null when most have no partner.
*/
function pairwise(
	guest: readonly number[],
	host: readonly number[],
	shift: number,
	extreme: (a: number, b: number) => number,
): number | null {
	let result: number | null = null;
	let count = 0;
	for (const [index, time] of guest.entries()) {
		const other = host[index + shift];
		if (other !== undefined) {
			result = result === null ? time - other : extreme(result, time - other);
			count++;
		}
	}

	return count >= 0.9 * Math.min(guest.length, host.length) ? result : null;
}

/**
The offset that lies in most of the ranges [start - host, end - host], by a sweep over their ends.
*/
function agreement(
	guest: ReadonlyArray<{readonly start: number; readonly end: number}>,
	host: readonly number[],
	shift: number,
): Alignment | null {
	const edges: Array<readonly [number, number]> = [];
	let matched = 0;
	for (const [index, {start, end}] of guest.entries()) {
		const time = host[index + shift];
		if (time !== undefined) {
			matched++;
			edges.push([start - time, 1], [end - time, -1]);
		}
	}

	if (matched < Math.max(3, 0.5 * Math.min(guest.length, host.length))) {
		return null;
	}

	edges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
	let depth = 0;
	let deepest = 0;
	let low = 0;
	let high = 0;
	for (const [index, [at, step]] of edges.entries()) {
		depth += step;
		if (depth > deepest) {
			deepest = depth;
			low = at;
			high = edges[index + 1]?.[0] ?? at;
		}
	}

	return {
		offset: (low + high) / 2,
		uncertainty: Math.max(0, (high - low) / 2),
		agreeing: deepest,
		matched,
		method: 'doorbells',
	};
}
