import {cellText, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {type Rect} from '../../charts/canvas.js';
import {type ExplainPage} from '../../session/explain-page.js';
import {keysOf} from '../../session/key-table.js';
import {wrapWords} from './place.js';
import {scrolled, type Scrolled} from './scrolled.js';

export const explainSize = {width: 92, height: 22};

const longestLabel = 20;

/** The page of a word: what it is, its figures, where they come from. */
export function explainOverlay(page: ExplainPage | undefined, scroll: number, rect: Rect): Scrolled {
	const inside = rect.width - 3;
	const value = `${keysOf('overlay.close', 'modal:explain').join(' ')} closes`;
	if (page === undefined) {
		return scrolled([[' There is no page for it.']], 0, rect, {title: 'Explain', value});
	}

	const labels = Math.min(longestLabel, Math.max(...page.lines.map(([label]) => label.length)));
	const lines = page.lines.flatMap(([label, text], index): Line[] => {
		const indent = label === '' ? 0 : labels + 2;
		const words = wrapWords(cellText(text), inside - indent).map((line, row): Line => [
			' ',
			piece(cell(row === 0 ? label : '', indent), 'dim'),
			line,
		]);
		return index === 0 && label === '' ? [...words, []] : words;
	});
	return scrolled(lines, scroll, rect, {title: cellText(page.title), value});
}
