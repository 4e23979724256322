import {type StallKind} from '../simulation/stall.js';

/** Why nothing goes on, behind a semicolon. */
export const stallCauses: Readonly<Record<StallKind, string>> = {
	'lost-kick': 'the host was not told of the visible ones',
	'lost-irq': 'the guest was not told of the used ones',
	'impossible-request': 'no ring of this size can take it',
	'wait-condition': 'what it waits for will never be told to it',
	livelock: 'whoever runs keeps off the CPU who would go on',
	'fence-lost': 'their fences are pending, and nobody will look at them',
	unknown: 'the host has taken them and has nothing to do',
};
