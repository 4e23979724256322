import {type Cell, type Prediction} from './cell.js';
import {median} from './rank.js';

/**
A predictor without a model: the median of the other cells with the same workload and lock
policy. A metric that no other such cell has is not predicted. A model must beat it.
*/
export function tablePredictions(cells: readonly Cell[]): Prediction[] {
	return cells.map(cell => {
		const peers = cells.filter(other => other !== cell && groupOf(other) === groupOf(cell));
		const prediction: Record<string, number> = {};
		for (const metric of Object.keys(cell.measured)) {
			const values = peers.flatMap(peer =>
				peer.measured[metric] === undefined ? [] : [peer.measured[metric].median],
			);
			if (values.length > 0) {
				prediction[metric] = median(values);
			}
		}

		return prediction;
	});
}

/** The workload stands in the id; the policy is a parameter, since a stock driver has one too. */
function groupOf({id, parameters}: Cell): string {
	const policy = parameters['driver.lockPolicy'];
	return `${id.split('/')[1]} ${typeof policy === 'string' ? policy : ''}`;
}
