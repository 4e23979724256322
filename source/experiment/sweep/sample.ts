import {RandomStream} from '../../engine/random.js';
import {type ParameterValue} from '../../parameters/parameter.js';
import {type Axis, valueAt} from './axis.js';

/** Points of a sample at most. */
export const mostSamples = 10_000;

/**
A Latin hypercube: `count` points, and each of the `count` equal parts of every axis holds
exactly one of them. The same seed gives the same points; an axis has a stream of its own, so
that another one beside it moves nothing.

Source: McKay, Beckman and Conover, "A Comparison of Three Methods for Selecting Values of Input
Variables in the Analysis of Output from a Computer Code", 1979.
*/
export function latinHypercube(
	axes: readonly Axis[],
	count: number,
	seed: number,
): ReadonlyArray<Readonly<Record<string, ParameterValue>>> {
	const columns = axes.map(axis => {
		const stream = new RandomStream(seed, `sample/${axis.key}`);
		const parts = shuffled(count, stream);
		return parts.map(part => valueAt(axis, (part + stream.uniform()) / count));
	});
	return Array.from({length: count}, (_, point) =>
		Object.fromEntries(axes.map(({key}, place) => [key, columns[place][point]])),
	);
}

/** The numbers from 0 to below `count` in an order that the stream decides (Fisher and Yates). */
export function shuffled(count: number, stream: RandomStream): number[] {
	const numbers = Array.from({length: count}, (_, index) => index);
	for (let index = count - 1; index > 0; index--) {
		const other = stream.below(index + 1);
		[numbers[index], numbers[other]] = [numbers[other], numbers[index]];
	}

	return numbers;
}
