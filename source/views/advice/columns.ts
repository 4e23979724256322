import {cell} from '../../charts/fit-text.js';
import {formatCount} from '../../charts/format-number.js';
import {type Role} from '../../charts/role.js';
import {type AdviceDocument, type AdviceEntry, type Predicted} from '../../report/advice-document.js';
import {changeForms, percentOrDash, shortName} from '../../report/advice-text.js';

/** A column of the table of what helps, behind the setting. */
export type Column = {
	readonly head: string;
	readonly width: number;
	readonly text: (entry: AdviceEntry) => string;
	readonly role?: (entry: AdviceEntry) => Role;
};

/** Cells of a change with its interval, and of one without. */
const long = 23;
const short = 8;

/** What colour an effect has. */
export function effectRole(word: string): Role {
	switch (word) {
		case 'better': {
			return 'ok';
		}

		case 'worse': {
			return 'bad';
		}

		case 'fails': {
			return 'warn';
		}

		default: {
			return 'dim';
		}
	}
}

/** The effect of an entry, or that it breaks what it is subject to. */
export function effectWord({subjectTo, effect}: AdviceEntry): string {
	return subjectTo.some(({holds}) => holds === 'no') ? 'fails' : effect;
}

/** The columns that a table so wide has room for. */
export function columnsFor({goal, advice}: AdviceDocument, width: number): readonly Column[] {
	const limit = advice.at(0)?.subjectTo.at(0)?.metric;
	const isWide = width >= 110;
	const spare = width >= 150 ? long : short;
	const change = (metric: string, cells: number, of: (entry: AdviceEntry) => Predicted | undefined): Column => ({
		head: `${shortName(metric)}, %`,
		width: cells,
		text: entry => changeCell(of(entry), cells),
	});
	const columns: Column[] = [
		change(goal.metric, width >= 74 ? long : short, entry => entry),
		...(isWide
			? [{head: '  expect', width: 8, text: ({to}: AdviceEntry) => cell(formatCount(to), 8, 'right')}]
			: []),
		effectColumn(entry => effectWord(entry)),
	];
	if (limit !== undefined) {
		columns.push(change(limit, spare, ({subjectTo}) => subjectTo.at(0)));
	}

	const tail = advice.at(0)?.others.find(({metric}) => metric.endsWith('latency.p99'))?.metric;
	if (isWide && tail !== undefined) {
		const of = ({others}: AdviceEntry): Predicted | undefined => others.find(({metric}) => metric === tail);
		columns.push(
			change(tail, spare, of),
			effectColumn(entry => of(entry)?.effect ?? ''),
		);
	}

	return columns;
}

function effectColumn(word: (entry: AdviceEntry) => string): Column {
	return {head: 'is', width: 9, text: word, role: entry => effectRole(word(entry))};
}

/** The change with its interval where there is room, else without. */
function changeCell(change: Predicted | undefined, width: number): string {
	return change === undefined ? '' : cell([...changeForms(change), percentOrDash(change)], width);
}
