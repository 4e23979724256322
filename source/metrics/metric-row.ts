import {type Figure} from './figure.js';
import {type MetricChart} from './metric-chart.js';
import {type HolderPhase, type WaiterRole} from './metric-names.js';
import {type Source} from './source.js';

/**
Which values of a metric are the better ones. What costs CPU time is comparable
only where the same work was done.
*/
export type Direction = 'lower' | 'higher' | 'lower at equal throughput';

/**
A metric (docs/contract.md, section 4): all that the program knows of it but its path,
which is its key in the table.
*/
export type Row<V extends Figure = Figure, C extends string = string> = {
	readonly label: string;
	/** For narrow columns. */
	readonly short: string;
	/** Unit in JSON. */
	readonly unit: string;
	readonly words: string;
	/** Without one neither more nor less is better (docs/contract.md, section 8). */
	readonly direction?: Direction;
	readonly from: Source<V, C>;
	readonly chart?: MetricChart;
};

/**
Metrics by path. `[i]` in a path stands for the number of a vCPU, `<client>` for a name, and
`<holder>` and `<waiter>` for those of the matrix of the lock.
*/
export type Rows = Readonly<Record<string, Row>>;

/** The counters that these metrics need. */
export type CountersOf<R> = R[keyof R] extends Row<Figure, infer C> ? C : never;

/** What stands for names in a path. */
type Members = {readonly '<holder>': HolderPhase; readonly '<waiter>': WaiterRole; readonly '<client>': string};

type Head<P extends string> = P extends `${infer H}.${string}` ? H : P;
type Below<R, H extends string> = {readonly [P in keyof R as P extends `${H}.${infer Rest}` ? Rest : never]: R[P]};
type Name<H> = H extends keyof Members ? Members[H] : H extends `${infer N}[i]` ? N : H;
type ValueOf<R> = R extends Row<infer V> ? V : never;
type Branch<R, H extends string> = H extends keyof R
	? ValueOf<R[H]>
	: H extends `${string}[i]`
		? ReadonlyArray<Tree<Below<R, H>>>
		: Tree<Below<R, H>>;

/** The figures of these metrics as the JSON of a run has them: a path is a way down. */
export type Tree<R> = {readonly [H in Head<keyof R & string> as Name<H>]: Branch<R, H>};

/** A path with names and numbers where the table has `<…>` and `[i]`. */
export type Concrete<P extends string> = P extends `${infer A}<holder>.<waiter>${infer B}`
	? `${A}${HolderPhase}.${WaiterRole}${B}`
	: P extends `${infer A}[i]${infer B}`
		? `${A}[${number}]${B}`
		: P extends `${infer A}<client>${infer B}`
			? `${A}${string}${B}`
			: P;
