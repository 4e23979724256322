import {htmlPage} from './html.js';
import {sweepMarkdown} from './sweep-markdown.js';
import {sweepPictures} from './sweep-svg.js';
import {type SweepView} from './sweep-view.js';

/** A sweep as a page: its maps, lines or front, and the table of its points. */
export function sweepHtml(view: SweepView, again: readonly string[]): string {
	return htmlPage({
		title: `vqlab sweep: ${view.header.preset}`,
		text: sweepMarkdown(view, again),
		pictures: sweepPictures(view),
	});
}
