import {formatCount} from '../charts/format-number.js';
import {type Goal} from '../experiment/advise/goal.js';
import {type AdversaryReport, type Loss} from '../experiment/tune/adversary.js';
import {type Surrounding} from '../experiment/tune/surroundings.js';
import {type Preset} from '../presets/preset.js';
import {presetText} from '../presets/preset-text.js';
import {toJson} from './json.js';
import {isShareOfA, ownChange, ownInterval} from './own-unit.js';
import {againLines, wrap} from './text-layout.js';

/** A search for the worst, with what it was asked. */
export type AdversaryDocument = {
	readonly schema: number;
	readonly vqlab: string;
	readonly preset: string;
	readonly a: readonly string[];
	readonly b: readonly string[];
	readonly goal: Goal;
	readonly surroundings: readonly Surrounding[];
	readonly report: AdversaryReport;
	/**
	Of each of the worst: a preset in which they are set, and the
	command that repeats the comparison.
	*/
	readonly losses: ReadonlyArray<{readonly preset: Preset; readonly share: readonly string[]}>;
};

/** The JSON of `vqlab tune --adversary` (docs/contract.md, section 6). */
export function adversaryJson(document: AdversaryDocument): string {
	const {schema, vqlab, preset, a, b, goal, surroundings, report, losses} = document;
	return toJson({
		schema,
		vqlab,
		preset,
		a,
		b,
		goal: `${goal.better === 'higher' ? 'max' : 'min'} ${goal.path}`,
		ranges: surroundings.map(({words}) => words),
		worst: report.worst.map(({row, words, stalls}, index) => ({
			preset: JSON.parse(presetText(losses[index].preset)) as unknown,
			surroundings: words,
			ratio: row.ratio,
			low: row.ratioLow,
			high: row.ratioHigh,
			a: row.a,
			b: row.b,
			stalls: {a: stalls[0], b: stalls[1]},
			share: losses[index].share.join(' '),
		})),
		tried: report.tried,
		runs: report.runs,
		margin: report.margin,
		text: conclusion(document),
		interrupted: report.interrupted,
	});
}

/** The same for people: a paragraph for a cover letter. */
export function adversaryText(document: AdversaryDocument, again: readonly string[]): string {
	const {vqlab, preset, a, b, surroundings, report, losses} = document;
	const side = (set: readonly string[]): string => (set.length === 0 ? 'as it is' : set.join(' '));
	return `${[
		...wrap(`vqlab ${vqlab}  where is b worst against a?  ${preset}`, 0),
		...wrap(`a  ${side(a)}`, 2),
		...wrap(`b  ${side(b)}`, 2),
		...wrap(`ranges: ${surroundings.map(({words}) => words).join('; ')}`, 2),
		'',
		...wrap(conclusion(document), 0),
		...report.worst.flatMap((loss, index) => ['', ...lossLines(loss, index + 1, losses[index].share)]),
	].join('\n')}\n\n${againLines(again)}`;
}

function lossLines({row, words, stalls}: Loss, number: number, share: readonly string[]): string[] {
	const {path, a, b, n, ratioLow, ratioHigh} = row;
	const change = (value: number | null): string => (value === null ? '-' : `${((value - 1) * 100).toFixed(1)}`);
	const own = {path, value: row.difference, low: row.low, high: row.high};
	const loss = isShareOfA(row)
		? `${change(row.ratio)} % [${change(ratioLow)}, ${change(ratioHigh)}]`
		: `${ownChange(own)[0]} ${ownInterval(own)}`;
	return [
		...wrap(`${number}  ${loss}: ${formatCount(a)} to ${formatCount(b)}, ${n} pairs`, 0),
		...wrap(words.length === 0 ? 'as the preset is' : words.join(', '), 3),
		...(stalls[1] > 0 ? wrap(`b stalls in ${stalls[1]} of ${n} runs, a in ${stalls[0]}`, 3) : []),
		...wrap(share.join(' '), 3),
	];
}

function conclusion({goal, report: {worst, tried, margin}}: AdversaryDocument): string {
	const share = `${Number((margin * 100).toPrecision(2))} %`;
	const stalls = worst.some(({stalls: [ofA, ofB]}) => ofB > ofA) ? ', or b stalls' : '';
	return worst.length === 0
		? `none worse than ${share} in ${tried} tries (${goal.path})`
		: `${worst.length} of the worst of ${tried} tries, on fresh seeds: ${goal.path} of b worse than ${share}${stalls}`;
}
