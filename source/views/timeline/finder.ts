import {UserError} from '../../errors/user-error.js';
import {type Subject} from '../../session/subject.js';
import {find, type FindKind, findKinds, type Found} from './find.js';

/** The kind that is jumped to, and the jumps. */
export class Finder {
	kind: FindKind = 'contention';
	private isGiven = false;

	constructor(private readonly subject: Subject) {}

	/** Goes on to the next kind. */
	next(): void {
		this.isGiven = true;
		this.kind = findKinds[(findKinds.indexOf(this.kind) + 1) % findKinds.length];
	}

	/**
	The next or previous of the kind from a time (ns) on. `isLost`: nothing is selected at the
	newest, from where the last one is as good, and where there is no contention the slowest
	command. Throws `UserError` when there is none.
	*/
	from(time: number, direction: -1 | 1, isLost: boolean): Found {
		const look = (way: -1 | 1): Found | undefined => find(this.subject, this.kind, time, way);
		let found = look(direction) ?? (isLost && direction > 0 ? look(-1) : undefined);
		if (found === undefined && isLost && !this.isGiven) {
			this.kind = 'slowest';
			found = look(-1) ?? look(1);
		}

		if (found === undefined) {
			const name = this.kind === 'slowest' ? 'slow command' : this.kind;
			throw new UserError(
				`no ${direction < 0 ? 'earlier' : 'later'} ${name} in what is kept; v chooses another kind`,
			);
		}

		return found;
	}
}
