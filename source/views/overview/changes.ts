import {type Block, cellText, type Line, piece} from '../../charts/block.js';
import {fitText} from '../../charts/fit-text.js';
import {formatCount, formatSeconds} from '../../charts/format-number.js';
import {type FrameStyle, panel} from '../../charts/panel.js';
import {metricOf} from '../../metrics/metric-table.js';
import {metricUnit} from '../../metrics/metric-unit.js';
import {panelTerms} from '../../report/glossary.js';
import {type FigureEffect} from '../../session/before/effect.js';
import {keysOf} from '../../session/key-table.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';
import {figureText} from '../figure-text.js';
import {wordRole} from './difference-text.js';

/** What is compared across a change, as it is called here, what is complained of first. */
const names: Readonly<Record<string, string>> = {
	'lock.spin.total': 'spin',
	'throughput.completed': 'cmd/s',
	'latency.mean': 'mean',
	'irqs.perSecond': 'IRQ/s',
	'ring.numFree.mean': 'free',
};

function nameOf({path}: FigureEffect): string {
	return names[path] ?? metricOf(path)?.short ?? path;
}

/** Rates of spinning have three digits here: what is left of them is the point. */
function written(path: string, value: number | null): string {
	return metricUnit(path) === 'ms/s' ? formatCount(value) : figureText(path, value);
}

/**
The figures with something to say: frames, then those with a name, spin only where somebody spins.
*/
function told(figures: readonly FigureEffect[]): readonly FigureEffect[] {
	const spins = ({path, before, after}: FigureEffect) =>
		path !== 'lock.spin.total' || Math.max(before ?? 0, after ?? 0) >= 1;
	const order = Object.keys(names);
	return figures
		.filter(effect => (effect.path in names || effect.path.startsWith('frames.')) && spins(effect))
		.toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
}

/**
The lines of a change: what was set, the first figure with its values, the others by their words.
*/
function changeLines(change: OverviewSnapshot['changes'][number], width: number, isNewest: boolean): Line[] {
	const time = ` ${formatSeconds(change.at)} `;
	const head: Line = [piece(time, 'mark'), fitText(cellText(change.text), width - time.length - 1, 'both')];
	if (change.isSameRun) {
		return [head, [piece('   same run, event by event', 'dim')]];
	}

	const figures = told(change.figures);
	if (figures.every(({word}) => word === null)) {
		// Behind one that was followed at once nothing is to come.
		return [head, [piece(isNewest ? '   ~ settling' : '   too short to tell', 'dim')]];
	}

	const [first, ...others] = figures;
	const {path, before, after, word} = first;
	const values = `   ${nameOf(first)} ${written(path, before)} → ${written(path, after)} `;
	const others2: Line[] = [];
	let line: Line = ['  '];
	let used = 2;
	for (const other of others) {
		if (other.word === null) {
			continue;
		}

		const text = ` ${nameOf(other)} `;
		if (used + text.length + other.word.length + 1 > width && line.length > 1) {
			others2.push(line);
			line = ['  '];
			used = 2;
		}

		line = [...line, text, piece(other.word, wordRole(other.word)), ' '];
		used += text.length + other.word.length + 1;
	}

	return [head, [values, piece(word ?? '', wordRole(word ?? ''))], ...others2, ...(line.length > 1 ? [line] : [])];
}

/** Planned changes that are shown, at most; how many more there are stands in the last row. */
const mostPlanned = 2;

/** What is to come, the next last, so that it stands beside the newest that was made. */
function plannedLines({planned}: OverviewSnapshot, width: number): Line[] {
	const shown = planned.slice(0, planned.length > mostPlanned ? mostPlanned - 1 : mostPlanned);
	const more = planned.length - shown.length;
	return [
		...(more === 0 ? [] : [[piece(` » ${more} more planned`, 'dim')]]),
		...shown.toReversed().map(({at, text}): Line => {
			const time = ` » ${formatSeconds(at)} `;
			return [piece(time, 'mark'), fitText(cellText(text), width - time.length - 1, 'both')];
		}),
	];
}

/** The last changes with their simulated times and what each did, newest first. */
export function changesPanel(snapshot: OverviewSnapshot, width: number, height: number, style?: FrameStyle): Block {
	const inside = width - 2;
	const rows = height - 2;
	const lines: Line[] = plannedLines(snapshot, inside);
	for (const [index, change] of snapshot.changes.entries()) {
		if (lines.length >= rows) {
			break;
		}

		const all = changeLines(change, inside, index === 0);
		const left = rows - lines.length;
		// The last one has its words; those before it two rows each.
		const most = index === 0 ? Math.max(2, snapshot.changes.length > 1 ? left - 2 : left) : 2;
		lines.push(...(left < 2 ? [] : all.slice(0, Math.min(left, most))));
	}

	const empty = ['Each change gets two rows: what', 'and its effect on the figures', 'above (better, worse, same).'];
	return panel(
		{
			width,
			height,
			title: panelTerms.changes.name,
			value:
				snapshot.changes.length === 0
					? snapshot.planned.length === 0
						? 'none yet'
						: `${snapshot.planned.length} planned`
					: `${keysOf('edit.undo', 'global')[0] ?? ''} undo${snapshot.before === null ? '' : `  ${keysOf('app.back', 'global')[0] ?? ''} forget`}`,
			valueRole: 'dim',
			...(style === undefined ? {} : {style}),
		},
		lines.length === 0 ? empty.map((text): Line => [piece(` ${text}`, 'dim')]) : lines,
	);
}
