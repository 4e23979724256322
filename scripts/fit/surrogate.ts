import {type Coordinates} from './coordinates.js';
import {inverseDiagonal, solve} from './linear.js';
import {pointLoss, type Residual, weightOf} from './loss.js';

/** Residuals as straight lines around the point at which a design was evaluated. */
export type Linear = {
	readonly centre: readonly number[];
	readonly families: readonly string[];
	/** The family of each residual. */
	readonly family: readonly string[];
	readonly middle: readonly number[];
	/** By constant: derivatives of the residuals. */
	readonly columns: ReadonlyArray<readonly number[]>;
	/** By family: derivatives by the logarithm of the speed of its session. */
	readonly speeds: ReadonlyArray<readonly number[]>;
};

/** A point of a fit: its constants, and by family the logarithm of the speed of its session. */
export type Point = {readonly constants: readonly number[]; readonly speeds: readonly number[]};

type Options = {
	readonly linear: Linear;
	readonly coordinates: Coordinates;
	/** Families in view. The others weigh nothing and have no speed. */
	readonly seen: (family: string) => boolean;
	/** Standard deviation of the logarithm of a session's speed. */
	readonly spread: number;
	/** Constants that stay at their start, by index. */
	readonly held?: ReadonlySet<number>;
};

/** How far one constant may go in one step, in logarithms. */
const longestStep = 0.7;
/** Weights depend on the residuals: they are taken anew this often. */
const iterations = 12;

/**
What a fit to some of the families makes of a design: the design is evaluated once on all
cells, and a family is left out by giving its residuals no weight. So all left-out fits
share the evaluations and differ in the solution only.
*/
export class Surrogate {
	private readonly options: Options;
	/** Of the constants, then of the speeds. */
	private readonly columns: ReadonlyArray<readonly number[]>;
	private readonly rows: readonly number[];
	private readonly held: ReadonlySet<number>;

	constructor(options: Options) {
		this.options = options;
		this.columns = [...options.linear.columns, ...options.linear.speeds];
		this.held = options.held ?? new Set();
		this.rows = options.linear.family.flatMap((family, index) => (options.seen(family) ? [index] : []));
	}

	/**
	The best point near `from`. `damping` holds the step back, in shares of the mean curvature;
	`length` makes it longer in the end.
	*/
	step(from: Point, {damping = 0.1, length = 1}: {readonly damping?: number; readonly length?: number} = {}): Point {
		const origin = this.flat(from);
		const {matrix: first} = this.normal(origin);
		const mean = first.reduce((sum, row, index) => sum + row[index], 0) / first.length;
		const brakes = first.map((row, index) => damping * (0.5 * mean + 0.5 * row[index]) + 1e-9);
		const braked = (flat: readonly number[]): number =>
			brakes.reduce(
				(sum, brake, index) => sum + brake * (flat[index] - origin[index]) ** 2,
				this.loss(this.pointOf(flat)),
			);
		let point = [...origin];
		let best = braked(point);
		for (let iteration = 0; iteration < iterations; iteration++) {
			const {matrix, slopes} = this.normal(point);
			for (const [index, brake] of brakes.entries()) {
				matrix[index][index] += brake;
				slopes[index] += brake * (point[index] - origin[index]);
			}

			const move = solve(
				matrix,
				slopes.map(slope => -slope),
			);
			// Ranges and bounds have edges: the step is halved until it leads down.
			for (let share = 1; share > 0.01; share /= 2) {
				const tried = this.moved(point, move, share, origin);
				const loss = braked(tried);
				if (loss < best) {
					[point, best] = [tried, loss];
					break;
				}
			}
		}

		return this.pointOf(
			this.moved(
				origin,
				point.map((coordinate, index) => coordinate - origin[index]),
				length,
				origin,
			),
		);
	}

	/** The loss at a point as the straight lines have it. */
	loss(point: Point): number {
		const flat = this.flat(point);
		return this.residuals(flat).reduce((sum, residual) => sum + pointLoss(residual), 0) + this.penalty(point);
	}

	/** What the sources and the sessions charge for a point. */
	penalty({constants, speeds}: Point): number {
		return (
			this.options.coordinates.penalty(constants) +
			speeds.reduce((sum, speed) => sum + this.speedPull(speed) * speed, 0)
		);
	}

	/**
	About how much the loss rises when a constant goes back to its start and all others make up
	for it: the optimal brain surgeon's x^2 / (H^-1)_ii (Hassibi and Stork 1993). By index; what
	is held has no entry.
	*/
	removalCosts(point: Point): ReadonlyMap<number, number> {
		const flat = this.flat(point);
		const {matrix} = this.normal(flat);
		const inverse = inverseDiagonal(
			matrix.map((row, index) => row.map((value, at) => (index === at ? value + 1e-9 : value))),
		);
		return new Map(
			point.constants.flatMap((coordinate, index) =>
				this.held.has(index) ? [] : [[index, (coordinate * coordinate) / inverse[index]] as const],
			),
		);
	}

	/**
	The point with a constant back at its start, and all others moved to make up for it: no more
	than that, since the straight lines are noisy.
	*/
	without(point: Point, index: number): Point {
		const flat = this.flat(point);
		const {matrix} = this.normal(flat);
		const direction = solve(
			matrix.map((row, at) => row.map((value, column) => (at === column ? value + 1e-9 : value))),
			flat.map((_, at) => (at === index ? 1 : 0)),
		);
		const share = flat[index] / direction[index];
		return this.pointOf(flat.map((coordinate, at) => (at === index ? 0 : coordinate - share * direction[at])));
	}

	private flat({constants, speeds}: Point): number[] {
		return [...constants.map((coordinate, index) => (this.held.has(index) ? 0 : coordinate)), ...speeds];
	}

	private pointOf(flat: readonly number[]): Point {
		const count = this.options.linear.columns.length;
		return {constants: flat.slice(0, count), speeds: flat.slice(count)};
	}

	private isFixed(index: number): boolean {
		const {linear, seen, spread} = this.options;
		const family = index - linear.columns.length;
		return family < 0 ? this.held.has(index) : spread === 0 || !seen(linear.families[family]);
	}

	private moved(
		point: readonly number[],
		move: readonly number[],
		share: number,
		origin: readonly number[],
	): number[] {
		return point.map((coordinate, index) =>
			this.isFixed(index)
				? 0
				: Math.max(
						origin[index] - longestStep,
						Math.min(origin[index] + longestStep, coordinate + share * move[index]),
					),
		);
	}

	private speedPull(speed: number): number {
		const {spread} = this.options;
		return spread === 0 ? 0 : speed / spread ** 2;
	}

	private residuals(flat: readonly number[]): number[] {
		const {linear} = this.options;
		const {columns} = this;
		const moves = flat.map((coordinate, index) => coordinate - (linear.centre[index] ?? 0));
		return this.rows.map(row =>
			columns.reduce((sum, column, index) => sum + column[row] * moves[index], linear.middle[row]),
		);
	}

	/**
	Half of the gradient and of the Gauss-Newton curvature of the loss; what is
	fixed has curvature 1 and no slope.
	*/
	private normal(flat: readonly number[]): {readonly matrix: number[][]; readonly slopes: number[]} {
		const {linear, coordinates, spread} = this.options;
		const {columns: constants} = linear;
		const residuals = this.residuals(flat);
		const weights = residuals.map(residual => weightOf(residual));
		const {columns} = this;
		const picked = columns.map((column, index) => (this.isFixed(index) ? [] : this.rows.map(row => column[row])));
		const weighted = picked.map(column => column.map((value, index) => value * weights[index]));
		const dot = (a: readonly number[], b: readonly number[]): number =>
			a.length === 0 || b.length === 0 ? 0 : a.reduce((sum, value, index) => sum + value * b[index], 0);
		const matrix = weighted.map(column => picked.map(other => dot(column, other)));
		const slopes = weighted.map(column => dot(column, residuals));
		for (const [index, row] of matrix.entries()) {
			if (this.isFixed(index)) {
				row[index] = 1;
				continue;
			}

			const {slope, curvature} =
				index < constants.length
					? coordinates.pull(index, flat[index])
					: {slope: this.speedPull(flat[index]), curvature: 1 / spread ** 2};
			row[index] += curvature;
			slopes[index] += slope;
		}

		return {matrix, slopes};
	}
}

/** What a fit makes small, over the residuals of the families in view. */
export function lossOf(residuals: readonly Residual[], seen: (family: string) => boolean): number {
	return residuals.filter(({family}) => seen(family)).reduce((sum, {value}) => sum + pointLoss(value), 0);
}
