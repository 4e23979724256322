import {type ChoicePoints} from '../engine/choice-points.js';
import {type RandomStream} from '../engine/random.js';
import {type Race} from './spinlock.js';

/**
The race for a lock's word: as likely to be won by one as by another, unless somebody chooses.
*/
export class HandoverRace implements Race {
	private readonly choices: ChoicePoints;
	private readonly stream: RandomStream;

	constructor(choices: ChoicePoints, stream: RandomStream) {
		this.choices = choices;
		this.stream = stream;
	}

	below(count: number): number {
		return this.choices.choose('handover', count, this.stream.below(count));
	}
}
