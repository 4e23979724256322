import {expect, test} from 'vitest';
import {History} from '../../source/metrics/history.js';

const width = 9;

/** Row `index` of a table whose columns begin to count one after another. */
function rowOf(index: number): Float64Array {
	return Float64Array.from({length: width}, (_, column) => Math.max(0, index - 40 * column) * (column % 3));
}

function filled(rows: number, capacity: number): History {
	const history = new History(width, capacity);
	for (let index = 0; index < rows; index++) {
		history.append(rowOf(index));
	}

	return history;
}

function kept(history: History): readonly Float64Array[] {
	return Array.from({length: history.end - history.start}, (_, index) =>
		Float64Array.from({length: width}, (_value, column) => history.value(history.start + index, column)),
	);
}

const expected = (from: number, to: number): readonly Float64Array[] =>
	Array.from({length: to - from}, (_, index) => rowOf(from + index));

test('rows are what was appended, whenever a column began to count', () => {
	const history = filled(500, 300);
	expect([history.start, history.end]).toEqual([200, 500]);
	expect(kept(history)).toEqual(expected(200, 500));
});

test('a column that never held anything takes no memory', () => {
	const idle = new History(1000, 200);
	const row = new Float64Array(1000);
	row[999] = 1;
	for (let index = 0; index < 200; index++) {
		idle.append(row);
	}

	expect(idle.bytes).toBeLessThan(3000);
	expect([idle.value(199, 999), idle.value(199, 0)]).toEqual([1, 0]);
});

test('rows that are taken back are written anew, those that are shared stay', () => {
	const history = filled(130, 300);
	const other = new History(width, 300);
	other.share(history);
	history.rewind(70);
	for (let index = 70; index < 260; index++) {
		history.append(rowOf(index).map(value => 2 * value));
	}

	expect(kept(other)).toEqual(expected(0, 130));
	expect(kept(history).slice(0, 70)).toEqual(expected(0, 70));
	expect(kept(history)[250]).toEqual(rowOf(250).map(value => 2 * value));
	other.append(rowOf(130));
	expect(kept(other)).toEqual(expected(0, 131));
});

test('rows survive being written', () => {
	const history = filled(500, 300);
	const other = new History(width, 300);
	other.append(new Float64Array(width).fill(1));
	other.recall(history.written());
	expect(kept(other)).toEqual(expected(200, 500));
	for (let index = 500; index < 600; index++) {
		other.append(rowOf(index));
	}

	expect(kept(other)).toEqual(expected(300, 600));
});
