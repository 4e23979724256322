import {type PackedRing} from '../../source/virtqueue/packed-ring.js';
import {type SplitRing} from '../../source/virtqueue/split-ring.js';

export type Ring = SplitRing | PackedRing;

/** The `st` array of a ring, in the order of FORMAT.md section 3. */
export function stateOf(ring: Ring): Array<number | null> {
	const {numFree, numAdded, lastUsed} = ring;
	const freeHead = numFree === 0 ? null : ring.freeHead;
	const eventTriggered = Number(ring.eventTriggered);
	return ring.layout === 'split'
		? [
				ring.availIndex,
				ring.usedIndex,
				ring.usedEvent,
				ring.availEvent,
				ring.availFlags,
				ring.usedFlags,
				numFree,
				freeHead,
				lastUsed,
				ring.lastAvail,
				Number(ring.callbackOff),
				eventTriggered,
				numAdded,
			]
		: [
				ring.nextAvail,
				ring.availWrap,
				lastUsed,
				ring.usedWrap,
				ring.driverOffWrap,
				ring.driverFlags,
				ring.deviceOffWrap,
				ring.deviceFlags,
				numFree,
				freeHead,
				ring.lastAvail,
				ring.lastAvailWrap,
				ring.usedIndex,
				ring.deviceUsedWrap,
				ring.flagsShadow,
				eventTriggered,
				numAdded,
			];
}
