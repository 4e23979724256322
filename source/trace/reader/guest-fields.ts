import {NameTable} from './name-table.js';
import {keyOf, PayloadFields} from './payload-fields.js';

/** Names that the guest's events have, each kept once. */
export const names = new NameTable<undefined>(() => undefined);
/** The fields of the payload that is read; one is read at a time. */
export const fields = new PayloadFields();

/** Names of fields, as bytes. */
export const key = {
	numFree: keyOf('num_free'),
	irq: keyOf('irq'),
	name: keyOf('name'),
	ret: keyOf('ret'),
	idx: keyOf('idx'),
	index: keyOf('index'),
	who: keyOf('who'),
	holder: keyOf('holder'),
	previousState: keyOf('prev_state'),
} as const;
