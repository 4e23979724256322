import {familiesOf, familyOf, type Prediction, type Testbed} from '../../source/validation/cell.js';
import {scoreLeftOut} from '../../source/validation/left-out.js';
import {atSpeed} from '../../source/validation/session-speed.js';
import {judge, type Scores} from '../../source/validation/validation.js';
import {type Coordinates} from './coordinates.js';
import {effectsOf, screeningDesign} from './design.js';
import {type Residual, residualsOf} from './loss.js';
import {type Memory} from './memory.js';
import {type Evaluation} from './evaluator.js';
import {type Linear, lossOf, type Point, Surrogate} from './surrogate.js';

/**
The fit that has all families in view; the others are named after the family that they leave out.
*/
export const fullFit = 'all';

type Options = {
	readonly testbed: Testbed;
	readonly coordinates: Coordinates;
	readonly memory: Memory;
	/** Standard deviation of the logarithm of a session's speed. */
	readonly spread: number;
	/** Where all fits start. */
	readonly start: readonly number[];
	/** `all` and the families to leave out. */
	readonly names: readonly string[];
	/** How far a design moves each constant to either side in the first round, in logarithms. */
	readonly width: number;
	/** Seeds of the evaluations that are compared with each other. */
	readonly seeds: readonly number[];
	readonly print: (line: string) => void;
};

/**
The noise of the derivatives is too large in the square and makes steps too short: longer ones are
tried as long as they are better.
*/
const lengths = [1, 2, 4];
/** A design becomes narrower by this from round to round. */
const narrowing = 0.7;
/** How far speeds are moved for their derivatives, in logarithms. */
const speedStep = 0.05;

type Standing = {readonly point: Point; readonly evaluation: Evaluation | undefined};

/**
A fit with all families in view and fits that leave one out, all in step: each round
evaluates one design for all of them.
*/
export class CrossValidation {
	/** Of the last round; undefined before the first. */
	linear: Linear | undefined;
	private readonly options: Options;
	private readonly families: readonly string[];
	private readonly standings: Map<string, Standing>;

	constructor(options: Options) {
		this.options = options;
		this.families = familiesOf(options.testbed.cells);
		const point: Point = {constants: options.start, speeds: this.families.map(() => 0)};
		this.standings = new Map(options.names.map(name => [name, {point, evaluation: undefined}]));
	}

	/** Where a fit has come to. */
	pointOf(name: string): Point | undefined {
		return this.standings.get(name)?.point;
	}

	/** Speeds of the sessions at a point, by family. */
	speedsOf({speeds}: Point): Record<string, number> {
		return Object.fromEntries(this.families.map((family, index) => [family, Math.exp(speeds[index])]));
	}

	/** One round, the first is 1. Throws `TimeUp`. */
	async round(number: number): Promise<void> {
		const {names, width, print} = this.options;
		this.linear = await this.straighten(number, width * narrowing ** (number - 1));
		for (const name of names) {
			const standing = await this.step(name, this.linear); // eslint-disable-line no-await-in-loop -- an evaluation has all cores
			this.standings.set(name, standing);
			print(`  ${this.describe(name, standing)}`);
		}
	}

	/** What is out of view of each fit, scored. */
	leftOutLines(): string[] {
		const {testbed} = this.options;
		const predictions = testbed.cells.map(({id}) => this.standings.get(familyOf(id)));
		const scores = scoreLeftOut(
			testbed,
			predictions.map((standing, cell) => standing?.evaluation?.predictions[cell]),
		);
		return scores === null
			? []
			: [...Object.entries(scores.families), ['all', scores.all] as const].map(
					([family, one]) =>
						`left out ${family}: in band ${one.inBand?.toFixed(3)}, throughput ` +
						`${one.throughputFactor?.toFixed(2)}, pairs ${one.decidedRight} of ${one.decided}, ` +
						`ratio ${one.ratioFactor?.median.toFixed(2)} (p90 ${one.ratioFactor?.p90.toFixed(2)})`,
				);
	}

	/** The straight lines of a round as one of its fits sees them. */
	surrogateOf(name: string, linear: Linear, held?: ReadonlySet<number>): Surrogate {
		const {coordinates, spread} = this.options;
		return new Surrogate({
			linear,
			coordinates,
			spread,
			seen: family => family !== name,
			...(held !== undefined && {held}),
		});
	}

	/** Evaluates a point: its loss in a fit, and its scores, which know no speeds. */
	async evaluate(
		point: Point,
		name: string,
	): Promise<{readonly loss: number; readonly evaluation: Evaluation; readonly scores: Scores}> {
		const {coordinates, memory, seeds, testbed} = this.options;
		const evaluation = await memory.evaluate(coordinates.presetAt(point.constants), seeds);
		const loss = lossOf(this.residuals(evaluation, point.speeds), family => family !== name);
		return {loss, evaluation, scores: judge(testbed, evaluation.predictions).scores};
	}

	private async step(name: string, linear: Linear): Promise<Standing> {
		const surrogate = this.surrogateOf(name, linear);
		const from = this.standings.get(name)?.point ?? {constants: this.options.start, speeds: []};
		let best: (Standing & {readonly loss: number}) | undefined;
		for (const length of lengths) {
			const point = surrogate.step(from, {length});
			const {loss: bare, evaluation} = await this.evaluate(point, name); // eslint-disable-line no-await-in-loop -- an evaluation has all cores
			const loss = bare + surrogate.penalty(point);
			// Two evaluations of one point differ by more than a step may gain: a step is taken,
			// whatever the last point had.
			if (best !== undefined && loss >= best.loss) {
				break;
			}

			best = {point, evaluation, loss};
		}

		return best ?? {point: from, evaluation: undefined};
	}

	/** Evaluates a design around the mean of all fits. */
	private async straighten(round: number, width: number): Promise<Linear> {
		const {coordinates, memory, names, print} = this.options;
		const points = names.map(name => this.standings.get(name)?.point.constants ?? []);
		const centre = coordinates.axes.map(
			(_, index) => points.reduce((sum, point) => sum + point[index], 0) / points.length,
		);
		const design = screeningDesign(centre.length);
		const rows: number[][] = [];
		const slopes: number[][] = [];
		let families: readonly string[] = [];
		for (const [row, signs] of design.entries()) {
			const preset = coordinates.presetAt(centre.map((coordinate, index) => coordinate + width * signs[index]));
			const evaluation = await memory.evaluate(preset, [100 * round + row]); // eslint-disable-line no-await-in-loop -- an evaluation has all cores
			const residuals = this.residuals(evaluation);
			const [faster, slower] = [speedStep, -speedStep].map(speed =>
				this.residuals(
					evaluation,
					this.families.map(() => speed),
				),
			);
			families = residuals.map(({family}) => family);
			rows.push(residuals.map(({value}) => value));
			slopes.push(faster.map(({value}, index) => (value - slower[index].value) / (2 * speedStep)));
			if ((row + 1) % 11 === 0 || row + 1 === design.length) {
				print(`round ${round}: ${row + 1} of ${design.length} points of the design`);
			}
		}

		const {middle, columns} = effectsOf(design, rows, width);
		const slope = middle.map((_, index) => slopes.reduce((sum, row) => sum + row[index], 0) / slopes.length);
		return {
			centre,
			families: this.families,
			family: families,
			middle,
			columns,
			speeds: this.families.map(family => slope.map((value, index) => (families[index] === family ? value : 0))),
		};
	}

	/** `speeds`: logarithms, by family in their order. */
	private residuals({predictions, medians}: Evaluation, speeds: readonly number[] = []): Residual[] {
		const {testbed} = this.options;
		const scaled = predictions.map((prediction, cell): Prediction => {
			const entry = testbed.cells[cell];
			return atSpeed(entry, prediction, Math.exp(speeds[this.families.indexOf(familyOf(entry.id))] ?? 0));
		});
		return residualsOf(judge(testbed, scaled), medians);
	}

	private describe(name: string, {point, evaluation}: Standing): string {
		if (evaluation === undefined) {
			return name;
		}

		const {testbed} = this.options;
		const {inBand, zerosRight, pairs, byMetric} = judge(testbed, evaluation.predictions).scores;
		const loss = lossOf(this.residuals(evaluation, point.speeds), family => family !== name);
		return (
			`${name === fullFit ? 'all in view' : `without ${name}`}: loss ${loss.toFixed(1)}, all cells: in band ` +
			`${inBand?.toFixed(3)}, zeros ${zerosRight?.toFixed(3)}, throughput ` +
			`${byMetric['throughput.completed'].factor?.toFixed(3)}, pairs ${pairs.decidedRight} of ` +
			`${pairs.decided}, ratio ${pairs.ratioFactor?.median.toFixed(2)}`
		);
	}
}
