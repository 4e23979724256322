import {type Coordinates} from './coordinates.js';
import {type CrossValidation, fullFit} from './cross-validation.js';
import {type Linear, type Point} from './surrogate.js';

type Options = {
	readonly validation: CrossValidation;
	readonly linear: Linear;
	readonly coordinates: Coordinates;
	/** At most as many constants are removed. */
	readonly most: number;
	readonly print: (line: string) => void;
};

/**
Removes constants from a fit, one after the other: back to its start goes the one whose
absence the straight lines say costs least, all others make up for it, and the model says
what that has cost. Two evaluations of like points differ by a few: a rise over several
lines counts, not one line.
*/
export async function reduce({validation, linear, coordinates, most, print}: Options): Promise<void> {
	const held = new Set<number>();
	const report = async (name: string, point: Point): Promise<void> => {
		const {
			loss,
			scores: {inBand, byMetric, pairs},
		} = await validation.evaluate(point, fullFit);
		print(
			`${name}: loss ${(loss + coordinates.penalty(point.constants)).toFixed(1)}, in band ` +
				`${inBand?.toFixed(3)}, throughput ${byMetric['throughput.completed'].factor?.toFixed(3)}, pairs ` +
				`${pairs.decidedRight} of ${pairs.decided}, ratio ${pairs.ratioFactor?.median.toFixed(2)}`,
		);
	};

	let point = validation.pointOf(fullFit);
	if (point === undefined) {
		return;
	}

	await report(`${coordinates.axes.length} constants`, point);
	while (held.size < Math.min(most, coordinates.axes.length - 1)) {
		const surrogate = validation.surrogateOf(fullFit, linear, held);
		const costs = [...surrogate.removalCosts(point)];
		const [[index, cost]] = costs.toSorted(([, a], [, b]) => a - b);
		held.add(index);
		point = surrogate.without(point, index);
		// eslint-disable-next-line no-await-in-loop -- each removal starts from the last
		await report(
			`${coordinates.axes.length - held.size} constants, without ${coordinates.axes[index].key} (expected ` +
				`+${cost.toFixed(2)})`,
			point,
		);
	}
}
