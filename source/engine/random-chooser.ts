import {type Chooser} from './choice-points.js';
import {RandomStream} from './random.js';

/**
A chooser that takes any answer with the same chance; the same seed gives the same
answers to the same questions.
*/
export function randomChooser(seed: number): Chooser {
	const stream = new RandomStream(seed, 'choices');
	return (_kind, count) => stream.below(count);
}
