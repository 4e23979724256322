import {UserError} from '../errors/user-error.js';

/** Entries of an export at most: it is held in memory, and viewers give up beyond it. */
const mostEntries = 3_000_000;

/** Throws `UserError` when an export has grown out of hand. */
export function refuseTooLong(entries: number): void {
	if (entries > mostEntries) {
		throw new UserError(`the export has more than ${mostEntries} entries: give a shorter --for`);
	}
}
