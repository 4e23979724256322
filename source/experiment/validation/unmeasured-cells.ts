import {type Cell, type Testbed} from './cell.js';

/** Combinations that the testbed's file does not have: the letters of both cells, and what differs from A. */
const combinations: ReadonlyArray<{readonly letters: string; readonly words: string; readonly set: Cell['parameters']}> = [
	{letters: 'PK', words: 'one host CPU, FIFO lock', set: {'host.cpus': 1, 'driver.spinlock': 'qspinlock'}},
	{letters: 'FK', words: '4 vCPUs, FIFO lock', set: {'guest.vcpus': 4, 'driver.spinlock': 'qspinlock'}},
	{letters: 'BF', words: '4 vCPUs, event-idx off', set: {'guest.vcpus': 4, 'queue.eventIdx': false}},
	{letters: 'BC', words: 'event-idx off, ioeventfd on', set: {'queue.eventIdx': false, 'host.ioeventfd': true}},
];

const workloads = /^A\/(?:flood1|xfer1|flood2)\/p[012]$/v;

/** A cell that nobody has measured. */
export type UnmeasuredCell = {readonly cell: Cell; readonly words: string};

/**
Cells that are not in the file, made of its base cells (`A/...`): to be predicted before
anyone measures them. None when the file has no base cells.
*/
export function unmeasuredCells({cells}: Testbed): UnmeasuredCell[] {
	return combinations.flatMap(({letters, words, set}) => cells.filter(({id}) => workloads.test(id)).map(cell => ({
		cell: {...cell, id: cell.id.replace(/^A/v, letters), parameters: {...cell.parameters, ...set}},
		words,
	})));
}
