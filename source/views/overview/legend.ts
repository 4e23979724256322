import {type Line, piece} from '../../charts/block.js';
import {type Legend} from '../../session/view.js';
import {vcpuStates} from './cpus.js';

/** The states of a vCPU with their glyphs, so many a row. */
function stateRows(perRow: number): Line[] {
	const rows: Line[] = [];
	for (let at = 0; at < vcpuStates.length; at += perRow) {
		rows.push([
			'  ',
			...vcpuStates.slice(at, at + perRow).flatMap(({glyph, name, role}) => [piece(glyph, role), ` ${name}  `]),
		]);
	}

	return rows;
}

/** The glyphs of a run's panels, and what its numbers are of. */
export const runLegend: Legend = {
	glyphs: [
		[],
		[piece('what the glyphs mean', 'title')],
		...stateRows(4),
		['  ~ settling: fewer than 200'],
		['    commands since the last change'],
		['  * changed from the preset'],
		['  ▲ a parameter changed here'],
	],
	words: [
		[
			'window',
			'rates: last 200 ms of simulated time, cut at the last change.  percentiles: since the last change.',
		],
		['spin', 'ms of spinning per simulated second.  contention: % of time in which at least one CPU spins.'],
		['free', 'mean num_free over the window; min since the change.'],
	],
};
