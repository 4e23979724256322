import {type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {microsecondsFigure} from '../../charts/format-number.js';
import {type Role} from '../../charts/role.js';
import {stageGroups} from '../../report/glossary.js';
import {stageLook} from '../overview/stages.js';

/** A stage with its time, us; `beside`: a number that stands before it. */
export type CascadeStage = {
	readonly name: string;
	readonly value: number;
	readonly beside?: number | undefined;
};

/** Times below are written 0.0. */
const nothing = 0.05;
const nameWidth = 14;
const numberWidth = 8;
/** A bar that is shorter says nothing. */
const shortestBar = 8;

function lookOf(name: string, share: number): {readonly glyph: string; readonly role: Role} {
	const group = stageGroups.find(({stages}) => (stages as readonly string[]).includes(name));
	return stageLook(group?.name ?? 'prepare', share);
}

/** The stages that have room in so many rows: those with the longest times, in their order. */
function shownStages(stages: readonly CascadeStage[], rows: number): readonly CascadeStage[] {
	const most = ({value, beside = 0}: CascadeStage): number => Math.max(value, beside);
	const kept = new Set(
		stages
			.filter(stage => most(stage) >= nothing)
			.toSorted((a, b) => most(b) - most(a))
			.slice(0, rows),
	);
	return stages.filter(stage => kept.has(stage));
}

const number = (value: number | undefined): string =>
	value === undefined ? '' : ` ${cell(microsecondsFigure(value), numberWidth - 1, 'right')}`;

/** A row a stage: its time, and where in the whole it lies. */
export function cascadeLines(
	stages: readonly CascadeStage[],
	{width, rows}: {readonly width: number; readonly rows: number},
): Line[] {
	let total = 0;
	for (const {value} of stages) {
		total += value;
	}

	const hasBeside = stages.some(({beside}) => beside !== undefined);
	const room = width - 1 - nameWidth - numberWidth * (hasBeside ? 2 : 1) - 2;
	const shown = new Set(shownStages(stages, rows));
	const lines: Line[] = [];
	let passed = 0;
	for (const stage of stages) {
		const start = passed;
		passed += stage.value;
		if (!shown.has(stage)) {
			continue;
		}

		const share = total === 0 ? 0 : stage.value / total;
		const {glyph, role} = lookOf(stage.name, share);
		const from = total === 0 ? 0 : Math.min(room - 1, Math.round((start / total) * room));
		const cells = stage.value < nothing ? 0 : Math.max(1, Math.round((passed / total) * room) - from);
		lines.push([
			` ${cell(stage.name, nameWidth, 'left', 'both')}`,
			...(hasBeside ? [piece(number(stage.beside), 'dim')] : []),
			piece(number(stage.value), 'value'),
			...(room < shortestBar ? [] : [' '.repeat(from + 1), piece(glyph.repeat(cells), role)]),
		]);
	}

	return lines;
}
