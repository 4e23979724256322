import {type CompareRow} from '../../experiment/compare/comparison.js';
import {fewestSlices} from '../../experiment/watch/watch.js';
import {moveIndex} from '../../session/interface-state.js';
import {type Lockstep} from '../../session/lockstep.js';
import {type Subject} from '../../session/subject.js';

/** Drawn in the first chart where it is measured, and in the second until something has moved. */
const anchor = 'throughput.completed';
const usual = 'latency.mean';

/**
What the compare view looks at of a subject: its two runs, which metric is selected, and which are
drawn.
*/
export class CompareDesk {
	private index = 0;
	/** What the user has chosen to be drawn; else what moved most when the first words stood. */
	private chosen: string | undefined;
	private of: Lockstep | undefined;

	constructor(private readonly subject: Subject) {}

	get lockstep(): Lockstep | undefined {
		const {lockstep} = this.subject.run?.session ?? {};
		if (lockstep !== this.of) {
			this.of = lockstep;
			this.chosen = undefined;
		}

		return lockstep;
	}

	/** A row a metric that some side has; without a pair of slices yet there are none. */
	get rows(): readonly CompareRow[] {
		return this.lockstep?.watch.rows.filter(({a, b}) => a !== null || b !== null) ?? [];
	}

	get selected(): number {
		return moveIndex(this.index, 0, this.rows.length);
	}

	move(by: number): void {
		this.index = moveIndex(this.selected, by, this.rows.length);
	}

	/** Draws the selected metric. */
	plot(): void {
		this.chosen = this.rows.at(this.selected)?.path ?? this.chosen;
	}

	/** Paths of so many charts: what the run is for, what was chosen, and then what moved most. */
	charts(count: number): readonly string[] {
		const {rows, lockstep} = this;
		const first = lockstep?.paths.find(path => path.startsWith('frames.')) ?? anchor;
		const moved = rows
			.filter(({path}) => path !== first)
			.toSorted((left, right) => moveOf(right) - moveOf(left))
			.map(({path}) => path);
		if ((lockstep?.watch.slices ?? 0) >= fewestSlices) {
			this.chosen ??= moved.at(0);
		}

		const second = this.chosen === undefined || this.chosen === first ? usual : this.chosen;
		const others = lockstep?.paths.filter(path => path !== first && path !== second) ?? [];
		return [first, second, ...others].slice(0, count);
	}
}

/** A difference in margins. */
function moveOf({difference, margin}: CompareRow): number {
	return difference === null || margin === null || margin === 0 ? 0 : Math.abs(difference) / margin;
}

const desks = new WeakMap<Subject, CompareDesk>();

/** The desk of a subject. */
export function compareDeskOf(subject: Subject): CompareDesk {
	const known = desks.get(subject);
	if (known !== undefined) {
		return known;
	}

	const desk = new CompareDesk(subject);
	desks.set(subject, desk);
	return desk;
}
