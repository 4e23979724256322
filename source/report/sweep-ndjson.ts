import {type Results} from '../experiment/sweep/results.js';

/**
The results file of a sweep: its header, then a line a run, in the order of points and runs
(docs/contract.md, section 6).
*/
export function sweepNdjson({header, results}: Results): string {
	return [header, ...results].map(line => `${JSON.stringify(line)}\n`).join('');
}
