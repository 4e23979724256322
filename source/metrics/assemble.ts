import {type Planned, type MetricPlan} from './metric-plan.js';
import {type Figure} from './figure.js';
import {type Reading} from './source.js';

/** A reading that can be of any queue, vCPU and client. */
export type Readable = {
	/** The stretch as a metric sees it. */
	of(planned: Planned): Reading;
	/** What the metric is made of is known here. */
	shows(planned: Planned): boolean;
};

type Branch = {[key: string | number]: Figure | Branch};

/** One metric of a stretch; null where it is not defined or was not recorded. */
export function evaluate(planned: Planned, readable: Readable): Figure {
	return readable.shows(planned) ? planned.row.from.value(readable.of(planned)) : null;
}

/** All metrics of a stretch as a report has them: each at the end of its path. */
export function assemble({entries}: MetricPlan, readable: Readable): object {
	const tree: Branch = {};
	for (const planned of entries) {
		const {keys} = planned;
		let node = tree;
		for (let i = 0; i < keys.length - 1; i++) {
			const next = node[keys[i]];
			if (typeof next === 'object' && next !== null) {
				node = next;
				continue;
			}

			// A list is a branch whose keys are numbers.
			const branch: Branch = typeof keys[i + 1] === 'number' ? ([] as unknown as Branch) : {};
			node[keys[i]] = branch;
			node = branch;
		}

		node[keys.at(-1) ?? ''] = evaluate(planned, readable);
	}

	return tree;
}
