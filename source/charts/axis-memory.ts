import {type Anchor, type Axis, fitAxis, SteadyAxis} from './axis.js';

/** The axes of the charts, which must not jump from frame to frame. */
export class AxisMemory {
	private readonly axes = new Map<string, SteadyAxis>();

	update(name: string, anchor: Anchor, values: ReadonlyArray<number | null>, rows: number, now: number): Axis {
		const key = `${name} ${typeof anchor === 'object' ? anchor.top : anchor}`;
		let axis = this.axes.get(key);
		if (axis === undefined) {
			axis = new SteadyAxis(anchor);
			this.axes.set(key, axis);
		}

		let min = Infinity;
		let max = -Infinity;
		for (const value of values) {
			if (value !== null && Number.isFinite(value)) {
				min = Math.min(min, value);
				max = Math.max(max, value);
			}
		}

		if (min > max) {
			// Nothing is known yet, which must not make room for it.
			const stand = typeof anchor === 'object' ? anchor.top : 0;
			return fitAxis(stand, stand, rows, anchor);
		}

		return axis.update(min, max, rows, now);
	}

	/** Begins anew, for another run. */
	clear(): void {
		this.axes.clear();
	}
}
