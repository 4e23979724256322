import {metricAt} from '../metrics/metric-path.js';
import {type Excerpt} from '../tracking/excerpt.js';
import {type Snapshot} from './caption.js';
import {compareLine} from './compare-line.js';
import {ExcerptMaker, type ExcerptReading} from './excerpt-maker.js';
import {type InterfaceState} from './interface-state.js';
import {LineMemory} from './line-memory.js';
import {type Pace} from './pacer.js';
import {shownQueues} from './readings.js';
import {runCaption} from './run-caption.js';
import {type OverviewSnapshot} from './snapshot.js';
import {type Span} from './span.js';
import {type Figures, type RunParts, type Subject} from './subject.js';

/** What takes snapshots of a run; `columns`: how many values a chart has room for. */
export type RunSnapshots = {
	columns: number;
	take(state: InterfaceState): OverviewSnapshot;
};

/** An excerpt is made in pieces of so many events between two looks at the keys. */
const excerptEvents = 4000;
/** Of the charts at first, ns. */
const shortestColumn = 1e7;

/** A live run: it can be run, paused, stepped and set; what is shown is the newest. */
export class RunSubject implements Subject {
	/** 1-2-5 from 1 ms to 1 s. */
	readonly columnSteps = [1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9];
	readonly run: RunParts;
	private readonly snapshots: RunSnapshots;
	private readonly lines = new LineMemory();
	private readonly excerpts: ExcerptMaker;

	constructor(run: RunParts, snapshots: RunSnapshots) {
		this.run = run;
		this.snapshots = snapshots;
		this.excerpts = new ExcerptMaker(run.session);
	}

	get kind(): 'run' {
		return 'run';
	}

	get canSeek(): boolean {
		return false;
	}

	get grows(): boolean {
		return true;
	}

	get rests(): boolean {
		const {session} = this.run;
		return !session.isUnderWay && (session.paused || session.run.simulation.stall() !== null);
	}

	get streams(): boolean {
		return false;
	}

	/**
	10 ms, or where a client is paced the shortest step that holds whole
	periods of it: a rate must not swing.
	*/
	get firstColumn(): number {
		const hz = this.run.session.configuration.clients.flatMap(client =>
			client.kind === 'paced' && client.hz !== undefined ? [client.hz] : [],
		);
		const isWhole = (column: number): boolean =>
			hz.every(rate => {
				const periods = (column * rate) / 1e9;
				return periods >= 1 - 1e-9 && Math.abs(periods - Math.round(periods)) < 1e-6;
			});
		return this.columnSteps.find(step => step >= shortestColumn && isWhole(step)) ?? shortestColumn;
	}

	get start(): number {
		return 0;
	}

	get name(): string {
		return this.run.session.run.preset.name;
	}

	get now(): number {
		return this.run.session.now;
	}

	get token(): string {
		return this.run.session.token;
	}

	get parting(): string {
		const comparison = compareLine(this.run.session);
		return comparison === undefined ? this.token : `${this.token}\n${comparison}`;
	}

	get columns(): number {
		return this.snapshots.columns;
	}

	set columns(columns: number) {
		this.snapshots.columns = columns;
	}

	extent(column: number): {readonly first: number; readonly end: number} {
		const {windows} = this.run.session.run.recorder;
		const perColumn = this.windowsOf(column);
		return {first: Math.ceil(windows.first / perColumn), end: Math.floor(windows.end / perColumn)};
	}

	wholeColumn(width: number): number {
		return this.columnSteps.find(step => this.now <= step * width) ?? this.firstColumn;
	}

	figures(from: number, to: number): Figures {
		const {recorder} = this.run.session.run;
		const {windows} = recorder;
		const begin = Math.max(windows.first, Math.round(from / windows.window));
		const end = Math.min(windows.end, Math.round(to / windows.window));
		// Before the first whole window the numbers are those since the cut.
		const metrics = begin < end ? windows.metrics(begin, end) : recorder.metrics();
		return path => metricAt(metrics, path) ?? null;
	}

	line(path: string, {from, to, column}: Span): ReadonlyArray<number | null> {
		const {recorder} = this.run.session.run;
		const {windows} = recorder;
		const perColumn = this.windowsOf(column);
		return this.lines.line(recorder, perColumn, path, {from, to}, index => {
			const begin = index * perColumn;
			const isKept = begin >= windows.first && begin + perColumn <= windows.end;
			return isKept ? (metricAt(windows.metrics(begin, begin + perColumn), path) ?? null) : null;
		});
	}

	excerpt(from: number, to: number, grain: number): ExcerptReading {
		return this.excerpts.read(from, to, grain);
	}

	makeAsked(): boolean {
		return this.excerpts.workAll();
	}

	wholeExcerpt(from: number, to: number): Excerpt | undefined {
		return this.excerpts.finish(from, to);
	}

	take(state: InterfaceState): Snapshot {
		const run = this.snapshots.take(state);
		return {
			caption: runCaption(run),
			queues: shownQueues(run.readings.queues),
			axes: this.run.session.axes,
			run,
		};
	}

	advance(elapsed: number, held: boolean): Pace {
		const pace = this.run.session.advance(elapsed, held);
		return this.excerpts.work(excerptEvents) ? pace : 'behind';
	}

	private windowsOf(column: number): number {
		return Math.max(1, Math.round(column / this.run.session.window));
	}
}
