import {Canvas} from '../../charts/canvas.js';
import {toAscii} from '../../charts/glyphs.js';
import {charts, metricOf} from '../../metrics/metric-table.js';
import {type Caption, type Snapshot} from '../../session/caption.js';
import {type Controller} from '../../session/controller.js';
import {figureWords} from '../../session/figure-text.js';
import {keysOf} from '../../session/key-table.js';
import {groupOf} from '../../session/parameter-list.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';
import {parameter} from '../../simulation/parameters/table.js';
import {drawOverlay} from '../overlays/draw-overlay.js';
import {openOverlay} from '../overlays/open-overlay.js';

/** Cells for the text of an overlay: it is laid out and then read. */
const page = {width: 98, height: 200};

/** Glyphs that stand for a word. */
const glyphWords: Readonly<Record<string, string>> = {
	'►': 'running at',
	'‖': '',
	'→': 'Right',
	'←': 'Left',
	'↑': 'Up',
	'↓': 'Down',
};

/** Glyphs that stand for a word as the word, frames away, the rest in ASCII, single blanks. */
export function spoken(text: string): string {
	const words = text
		.replaceAll(/[►‖→←↑↓]/gv, glyph => ` ${glyphWords[glyph]} `)
		.replaceAll(/[╔╗╚╝═║╭╮╰╯│─┏┓┗┛━┃▏▕]/gv, ' ');
	return toAscii(words).replaceAll(/\s+/gv, ' ').trim();
}

function stateOf({state}: Caption, run: OverviewSnapshot | undefined): string {
	return run === undefined ? spoken(state) : run.state === 'running' ? `running at ${run.speed}` : run.state;
}

/** Verdict, what to try and what would not help, a line each. */
export function judgedLines({verdict, advice, noHelp = []}: Caption): readonly string[] {
	return [
		verdict === null ? 'verdict: not known yet' : `verdict ${verdict.id}: ${verdict.text}`,
		...(advice === null ? [] : [`${advice.id}: ${advice.text}`]),
		...(noHelp.length === 0 ? [] : [`does not help: ${noHelp.map(({key, why}) => `${key} (${why})`).join(', ')}`]),
	].map(line => spoken(line));
}

/** The figures of the charts, `metric value unit`, a line each. */
export function figureLines({run}: Snapshot): readonly string[] {
	return run === undefined
		? []
		: charts.flatMap(({path, title}) => {
				const value = run.readings.figures[path] ?? null;
				return value === null ? [] : [`${metricOf(path)?.label ?? title} ${figureWords(path, value)}`];
			});
}

/** All that there is to say now. */
export function summaryLines(snapshot: Snapshot): readonly string[] {
	const {caption, run} = snapshot;
	const {name, about, question, numbers} = caption;
	const isAsked = question !== null && question !== undefined;
	return [
		spoken(`vqlab, ${[name, ...about].join(', ')}`),
		spoken([stateOf(caption, run), ...(isAsked ? [] : numbers)].join(', ')),
		...(isAsked ? [spoken(`${question.text} ${question.answer}`)] : []),
		...judgedLines(caption),
		...figureLines(snapshot),
	];
}

/** How to go on. */
export function howTo(): string {
	const [help = ''] = keysOf('help.toggle');
	const [again = ''] = keysOf('look.redraw');
	const [quit = ''] = keysOf('app.quit', 'global');
	return `keys: ${help} lists them, ${again} says all of this again, ${quit} quits`;
}

/**
The rows of the open overlay as lines; empty without one. `> ` stands before the selected one.
*/
export function overlayLines(desk: Controller): readonly string[] {
	const view = openOverlay(desk);
	if (view === undefined) {
		return [];
	}

	const canvas = new Canvas(page.width, page.height, false);
	drawOverlay(canvas, view, desk, 1);
	return canvas
		.text()
		.map(row => spoken(row))
		.filter(line => line !== '');
}

/** What a key can change without opening anything, by name: what differs afterwards is said. */
export function saidState(desk: Controller, {caption, run}: Snapshot): ReadonlyMap<string, string> {
	const {state, view, subject} = desk;
	const {selected, filter, panel} = state;
	const lesson = desk.tour.place;
	const group = groupOf(selected);
	const said: Array<readonly [string, string]> = [
		['view', `view ${view.title}: ${view.words[subject.kind] ?? ''}`],
		['state', stateOf(caption, run)],
	];
	if (subject.run !== undefined) {
		said.push(
			['panel', `panel ${metricOf(panel)?.label ?? panel}`],
			[
				'parameter',
				group === undefined ? `${parameter(selected).label} ${desk.textOf(selected)}` : `group ${group}`,
			],
		);
	}

	if (filter !== undefined) {
		said.push(['filter', `filter ${filter.text}`]);
	}

	if (lesson !== undefined) {
		const {title, step, steps, text} = lesson;
		said.push([
			'lesson',
			spoken(`lesson ${lesson.lesson} of ${lesson.lessons}, ${title}, step ${step} of ${steps}: ${text}`),
		]);
	}

	return new Map(said);
}
