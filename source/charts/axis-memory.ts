import {type Anchor, type Axis, HeldAxis} from './axis.js';

/** The axes of the charts, which must not jump from frame to frame. */
export class AxisMemory {
	private readonly axes = new Map<string, HeldAxis>();

	/** The axis of a chart on so many rows, which holds these values and all that came before. */
	update(name: string, anchor: Anchor, values: ReadonlyArray<number | null>, rows: number): Axis {
		const key = `${name} ${typeof anchor === 'object' ? anchor.top : anchor}`;
		let axis = this.axes.get(key);
		if (axis === undefined) {
			axis = new HeldAxis(anchor);
			this.axes.set(key, axis);
		}

		const known = values.filter(value => value !== null && Number.isFinite(value));
		return axis.update(known.length === 0 ? null : Math.max(0, ...known.map(value => value ?? 0)), rows);
	}

	/** Begins anew, for another run or when the user asks for it. */
	clear(): void {
		this.axes.clear();
	}
}
