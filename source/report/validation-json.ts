import {type Cell} from '../validation/cell.js';
import {type Generalisation} from '../validation/generalisation.js';
import {type Validation} from '../validation/validation.js';
import {schema} from '../version.js';
import {toJson} from './json.js';

/**
The JSON of `vqlab validate` (docs/contract.md, section 7). `fitted`: the
cells that were in view of the fit.
*/
export function validationJson({
	cells,
	fitted,
	validation: {figures, summary},
	generalisation,
}: {
	readonly cells: readonly Cell[];
	readonly fitted: readonly string[];
	readonly validation: Validation;
	readonly generalisation: Generalisation;
}): string {
	return toJson({
		schema,
		cells: cells.map(({id}) => ({
			id,
			fitted: fitted.includes(id),
			metrics: Object.fromEntries(
				figures
					.filter(figure => figure.cell === id)
					.map(({metric, measured, predicted, inBand, zero}) => [
						metric,
						{
							measured,
							predicted,
							inBand,
							zero,
						},
					]),
			),
		})),
		summary: {...summary, ...generalisation},
	});
}
