import {rangeOf, resized, sizeOf, startOf} from '../../source/validation/evidence.js';
import {type Story} from '../../source/validation/story.js';
import {parameter} from '../../source/simulation/parameters/table.js';
import {formatValue} from '../../source/parameters/value.js';
import {type Preset} from '../../source/presets/preset.js';

/** A constant as a fit sees it: the logarithm of its size over its start. */
type Axis = {
	readonly key: string;
	readonly start: number;
	/** Logarithms of the range that the source allows, over the start. */
	readonly low: number;
	readonly high: number;
};

/**
How far from its start, in logarithms, a constant inside its range costs
as much as a figure out of band.
*/
const freeDistance = 1.5;
/** And how far out of its range. */
const outDistance = 0.15;

/** The space in which a fit moves: one coordinate a constant, 0 where its source has it. */
export class Coordinates {
	readonly axes: readonly Axis[];
	private readonly preset: Preset;

	constructor(preset: Preset, constants: Story['constants']) {
		this.preset = preset;
		// Counts move by hand: a derivative by a whole number says nothing.
		this.axes = constants
			.filter(({key}) => parameter(key).type !== 'integer')
			.map(constant => {
				const start = startOf(constant);
				const [low, high] = rangeOf(constant);
				return {
					key: constant.key,
					start,
					low: Math.log(low / start),
					high: Math.log(high / start),
				};
			});
	}

	/** The preset at a point. */
	presetAt(point: readonly number[]): Preset {
		const given = {...this.preset.given};
		for (const [index, {key, start}] of this.axes.entries()) {
			const entry = parameter(key);
			given[key] = resized(entry, given[key] ?? entry.default, start * Math.exp(point[index]));
		}

		return {...this.preset, given};
	}

	/** The constants at a point, as texts by key. */
	textsAt(point: readonly number[]): Record<string, string> {
		const {given} = this.presetAt(point);
		return Object.fromEntries(this.axes.map(({key}) => [key, formatValue(parameter(key), given[key])]));
	}

	/** The point at which the preset is. */
	get shipped(): number[] {
		return this.axes.map(({key, start}) => {
			const entry = parameter(key);
			return Math.log(sizeOf(this.preset.given[key] ?? entry.default) / start);
		});
	}

	/**
	What it costs to be there, in figures out of band: little inside the
	range of the source, much outside.
	*/
	penalty(point: readonly number[]): number {
		return this.axes.reduce(
			(sum, axis, index) =>
				sum + (point[index] / freeDistance) ** 2 + (outside(axis, point[index]) / outDistance) ** 2,
			0,
		);
	}

	/** Half of the derivative and of the curvature of the penalty along an axis. */
	pull(index: number, coordinate: number): {readonly slope: number; readonly curvature: number} {
		const beyond = outside(this.axes[index], coordinate);
		return {
			slope: coordinate / freeDistance ** 2 + beyond / outDistance ** 2,
			curvature: 1 / freeDistance ** 2 + (beyond === 0 ? 0 : 1 / outDistance ** 2),
		};
	}
}

function outside({low, high}: Axis, coordinate: number): number {
	return coordinate - Math.min(high, Math.max(low, coordinate));
}
