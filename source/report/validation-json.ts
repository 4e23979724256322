import {type Cell} from '../experiment/validation/cell.js';
import {isFitted} from '../experiment/validation/fitted-cells.js';
import {type Validation} from '../experiment/validation/validation.js';
import {toJson} from './json.js';

/** The JSON of `vqlab validate` (contract section 7). */
export function validationJson(cells: readonly Cell[], {figures, summary}: Validation): string {
	return toJson({
		schema: 1,
		cells: cells.map(cell => ({
			id: cell.id,
			fitted: isFitted(cell),
			metrics: Object.fromEntries(figures.filter(figure => figure.cell === cell.id).map(({metric, measured, predicted, inBand, zero}) => [metric, {
				measured, predicted, inBand, zero,
			}])),
		})),
		summary,
	});
}
