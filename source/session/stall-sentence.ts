import {stallCauses} from '../run/stall-words.js';
import {type Stall} from '../simulation/stall.js';
import {type Sentence, type VerdictSentence} from './snapshot.js';

/** The verdict on a run that stands still; null while it does not. */
export function stalledVerdict(stall: Stall | null): VerdictSentence | null {
	return stall === null ? null : {...stallSentence(stall), severity: 'problem'};
}

/** The short form begins with the kind: where even that has no room its end is cut. */
function stallSentence(stall: Stall): Sentence {
	const queue = stall.queue === 0 ? 'control' : 'cursor';
	if (stall.chain > 0) {
		return {
			id: 'stall',
			text:
				`A command of the ${queue} queue has ${stall.chain} segments, and the device takes ` +
				`${stall.longestChain}: it is broken and answers no more (${stall.kind}).`,
			short:
				`${stall.kind}: a chain of ${stall.chain} segments broke the device, which takes ` +
				`${stall.longestChain}`,
		};
	}

	if (stall.slots > 0) {
		return {
			id: 'stall',
			text:
				`A command wants ${stall.slots} free slots of the ${queue} queue and waits for ever; ` +
				`${stallCauses[stall.kind]} (${stall.kind}).`,
			short: `${stall.kind}: a command waits for ${stall.slots} slots of the ${queue} queue, for ever`,
		};
	}

	const count = stall.unpopped + stall.unreaped;
	if (stall.kind === 'livelock') {
		return {
			id: 'stall',
			text: `Nothing has ended for 100 ms, though threads run: ${stallCauses.livelock} (${stall.kind}).`,
			short: `${stall.kind}: nothing has ended for 100 ms, though threads run`,
		};
	}

	return {
		id: 'stall',
		text:
			`${count} commands wait in the ${queue} queue; host and guest both sleep: ${stallCauses[stall.kind]} ` +
			`(${stall.kind}).`,
		short: `${stall.kind}: both sides asleep, ${count} commands in the ${queue} queue`,
	};
}
