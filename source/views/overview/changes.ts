import {type Block, cellText, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {formatTime} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {panelTerms} from '../../report/glossary.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';

/** The last changes with their simulated times, newest first. */
export function changesPanel(snapshot: OverviewSnapshot, width: number, height: number): Block {
	const lines: Line[] = snapshot.changes.map(change => [
		' ',
		piece(cell([formatTime(change.at)], 10, 'right'), 'mark'),
		`  ${cellText(change.text)}`,
	]);
	return panel(
		{
			width,
			height,
			title: panelTerms.changes.name,
			value: snapshot.changes.length === 0 ? 'none yet' : 'newest first',
			valueRole: 'dim',
		},
		lines,
	);
}
