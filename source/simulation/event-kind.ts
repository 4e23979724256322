/**
Kinds of events, part of the fingerprint: numbers are never reused. The actor is a CPU, a
vCPU, a guest thread or a fault.
*/
export const eventKind = {
	hostSegment: 0,
	hostTick: 1,
	guestSegment: 2,
	guestTick: 3,
	pause: 4,
	arrival: 5,
	irq: 6,
	fencePoll: 7,
	gpu: 8,
	/** Another user of the BQL; `vqlab diff` prints the name. */
	bystander: 9,
	fault: 10,
	free: 11,
	device: 12,
	answer: 13,
	pauseLoop: 14,
	faultEnd: 15,
	move: 17,
	background: 18,
	disk: 19,
} as const;
