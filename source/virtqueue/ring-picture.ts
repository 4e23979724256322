import {needEvent} from './need-event.js';
import {PackedRing} from './packed-ring.js';
import {SplitRing} from './split-ring.js';
import {descriptorModes, type Suppression} from './suppression.js';
import {type Virtqueue} from './virtqueue.js';

/**
What stands in a place of a ring: of split rings an entry of the avail
ring, of packed ones a descriptor.
*/
export type SlotState = 'free' | 'visible' | 'popped' | 'used';

/**
An index of a ring: as it is written, the lap it is in (packed: the wrap counter),
and its place, 0 below the size.
*/
export type RingIndex = {readonly value: number; readonly lap: number; readonly slot: number};

/** A ring as it stands, from the words in its memory and both sides' own places. */
export type RingPicture = {
	readonly layout: 'split' | 'packed';
	readonly size: number;
	readonly eventIdx: boolean;
	readonly numFree: number;
	/**
	Driver: where it adds next, what it has reaped; device: where it marks the
	next used, what it has popped.
	*/
	readonly avail: RingIndex;
	readonly reaped: RingIndex;
	readonly used: RingIndex;
	readonly popped: RingIndex;
	/**
	Entry whose use is told with an interrupt, and whose adding with a
	doorbell; undefined: no single one.
	*/
	readonly irqAt: RingIndex | undefined;
	readonly kickAt: RingIndex | undefined;
	/** What each side asks of the other. */
	readonly irqs: Suppression;
	readonly kicks: Suppression;
	/** Places from reaped on: those that are used, popped and not used, visible and not popped. */
	readonly counts: {readonly used: number; readonly popped: number; readonly visible: number};
	/**
	Would a doorbell be rung when one more entry of one descriptor is added and asked for;
	an interrupt for one more used?
	*/
	readonly kickNext: boolean;
	readonly irqNext: boolean;
};

/** State of the place at so many places behind `reaped`. */
export function stateAt({counts: {used, popped, visible}}: RingPicture, distance: number): SlotState {
	return distance < used
		? 'used'
		: distance < used + popped
			? 'popped'
			: distance < used + popped + visible
				? 'visible'
				: 'free';
}

/** State of each place of the ring. */
export function slotStates(picture: RingPicture): readonly SlotState[] {
	const {size, reaped} = picture;
	return Array.from({length: size}, (_, slot) => stateAt(picture, (slot - reaped.slot + size) % size));
}

function splitPicture(ring: SplitRing): RingPicture {
	const {size, availIndex, lastUsed, usedIndex, lastAvail, usedEvent, availEvent, eventIdx} = ring;
	const index = (value: number): RingIndex => ({value, lap: Math.floor(value / size), slot: value % size});
	const distance = (value: number, from: number): number => (value - from) & 0xff_ff;
	return {
		layout: 'split',
		size,
		eventIdx,
		numFree: ring.numFree,
		avail: index(availIndex),
		reaped: index(lastUsed),
		used: index(usedIndex),
		popped: index(lastAvail),
		irqAt: eventIdx ? index(usedEvent) : undefined,
		kickAt: eventIdx ? index(availEvent) : undefined,
		irqs: eventIdx ? 'event' : (ring.availFlags & 1) === 0 ? 'on' : 'off',
		kicks: eventIdx ? 'event' : (ring.usedFlags & 1) === 0 ? 'on' : 'off',
		counts: {
			used: distance(usedIndex, lastUsed),
			popped: distance(lastAvail, usedIndex),
			visible: distance(availIndex, lastAvail),
		},
		kickNext: eventIdx
			? needEvent(availEvent, availIndex + 1, availIndex - ring.numAdded)
			: (ring.usedFlags & 1) === 0,
		irqNext: eventIdx
			? !ring.signalledValid || needEvent(usedEvent, usedIndex + 1, ring.signalledUsed)
			: (ring.availFlags & 1) === 0,
	};
}

/** Where a position is one step further, and its wrap counter. */
const after = (position: number, wrap: number, size: number): readonly [position: number, wrap: number] =>
	position + 1 === size ? [0, wrap ^ 1] : [position + 1, wrap];

/**
Does an event structure ask for word of [old, next)? Source: vring_need_event as both
sides of a packed ring call it.
*/
function asks(flags: number, offWrap: number, wrap: number, size: number, next: number, old: number): boolean {
	const mode = descriptorModes[flags];
	if (mode !== 'event') {
		return mode === 'on';
	}

	const lap = offWrap >>> 15 === wrap ? 0 : size;
	return needEvent((offWrap & 0x7f_ff) - lap, next, old);
}

function packedPicture(ring: PackedRing): RingPicture {
	const {size, nextAvail, availWrap, lastUsed, usedWrap, usedIndex, deviceUsedWrap, lastAvail, lastAvailWrap} = ring;
	const index = (slot: number, lap: number): RingIndex => ({value: slot, lap, slot});
	const event = (offWrap: number): RingIndex => index(offWrap & 0x7f_ff, offWrap >>> 15);
	const distance = (slot: number, wrap: number): number => slot - lastUsed + (wrap === usedWrap ? 0 : size);
	const used = distance(usedIndex, deviceUsedWrap);
	const popped = distance(lastAvail, lastAvailWrap);
	const irqs = descriptorModes[ring.driverFlags];
	const kicks = descriptorModes[ring.deviceFlags];
	const [nextAdd, addWrap] = after(nextAvail, availWrap, size);
	const [nextUse, useWrap] = after(usedIndex, deviceUsedWrap, size);
	// Passing the end of the ring gives `signalledUsed` up.
	const isValid = ring.signalledValid && useWrap === deviceUsedWrap;
	return {
		layout: 'packed',
		size,
		eventIdx: ring.eventIdx,
		numFree: ring.numFree,
		avail: index(nextAvail, availWrap),
		reaped: index(lastUsed, usedWrap),
		used: index(usedIndex, deviceUsedWrap),
		popped: index(lastAvail, lastAvailWrap),
		irqAt: irqs === 'event' ? event(ring.driverOffWrap) : undefined,
		kickAt: kicks === 'event' ? event(ring.deviceOffWrap) : undefined,
		irqs,
		kicks,
		counts: {used, popped: popped - used, visible: size - ring.numFree - popped},
		kickNext: asks(ring.deviceFlags, ring.deviceOffWrap, addWrap, size, nextAdd, nextAdd - ring.numAdded - 1),
		irqNext:
			irqs === 'event'
				? !isValid || asks(ring.driverFlags, ring.driverOffWrap, useWrap, size, nextUse, ring.signalledUsed)
				: irqs === 'on',
	};
}

/** A ring as it stands. Clauses 2.7 and 2.8 of virtio 1.x. */
export function ringPicture(ring: Virtqueue): RingPicture {
	if (ring instanceof SplitRing) {
		return splitPicture(ring);
	}

	if (ring instanceof PackedRing) {
		return packedPicture(ring);
	}

	throw new Error(`there is no picture of a ${ring.layout} ring`);
}
