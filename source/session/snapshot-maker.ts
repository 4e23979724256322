import {serverName} from '../host/backends/backends.js';
import {type Change} from '../parameters/configuration.js';
import {ringSizeKey} from '../simulation/devices.js';
import {parameter} from '../simulation/parameters/table.js';
import {formatValue} from '../parameters/value.js';
import {settledCommands} from '../run/stretches.js';
import {changeEffects, effectsBetween, type RecordedChange} from './before/change-effects.js';
import {liveWindow, type StretchFigures} from './before/stretch-figures.js';
import {chartReadings, columnsOf, frameReading} from './chart-readings.js';
import {type InterfaceState} from './interface-state.js';
import {Judge} from './judge.js';
import {kernels} from './kernels.js';
import {lockStrip, type LockStrip} from './lock-cycle/lock-strip.js';
import {parameterRows} from './parameter-list.js';
import {answerText} from './question.js';
import {presentReadings} from './readings.js';
import {type SessionRun} from './kept-run.js';
import {type Session} from './session.js';
import {shownFigure} from './shown-figure.js';
import {
	type BeforeReading,
	type ChartReadings,
	type ExtraPicture,
	type FrameReading,
	type OverviewSnapshot,
	type Readings,
	type VerdictSentence,
} from './snapshot.js';
import {formatSpeed} from './speed.js';
import {stalledVerdict} from './stall-sentence.js';

/** Numbers change at 4 Hz; wall ms. */
const readingsPeriod = 250;
/** A new cycle of the lock is drawn so often; wall ms. */
const lockPeriod = 2000;
const shownChanges = 6;
const lockVerdicts: ReadonlySet<string> = new Set(['worker-spin', 'submitter-spin', 'spin-starves-host', 'lock-wait']);

/** Most columns that a screen asks for, two values a cell at the widest. */
const mostColumns = 480;

export type SnapshotOptions = {
	/** Wall clock, ms. */
	readonly clock: () => number;
	/** Columns of the charts that the screen has room for. */
	columns: number;
};

/**
Takes what the overview shows from a session, at most once a frame. Each part has its own
rate, so that numbers can be read; a change of the run makes all of them new at once.
*/
export class SnapshotMaker {
	private readonly session: Session;
	private readonly options: SnapshotOptions;
	private readonly judge: Judge;
	private figures: StretchFigures | undefined;
	private readings: Readings | undefined;
	private answer = '';
	private lockWaits: number | null = null;
	private readAt = -Infinity;
	private readTime = -1;
	private lock: LockStrip | null = null;
	private lockBefore: LockStrip | null = null;
	private lockAt = -Infinity;
	/** The change that `lockBefore` is from before of. */
	private lockChange: RecordedChange | null = null;
	/** Takes the place of any verdict. */
	private stalled: VerdictSentence | null = null;
	private version = -1;
	private run: SessionRun | undefined;
	private charts: ChartReadings | undefined;
	private frames: FrameReading | null = null;
	private chartKey = '';

	constructor(session: Session, options: SnapshotOptions) {
		this.session = session;
		this.options = options;
		this.judge = new Judge(session);
	}

	/** Columns that the charts have room for; a screen of another size says so. */
	get columns(): number {
		return this.options.columns;
	}

	set columns(columns: number) {
		this.options.columns = Math.min(mostColumns, columns);
	}

	take(state: InterfaceState): OverviewSnapshot {
		const {session} = this;
		const {run, configuration} = session;
		const {filter, unfolded, order} = state;
		const now = this.options.clock();
		run.recorder.advance(session.now);
		const fresh = this.refresh(now);
		const readings = this.readings !== undefined && !fresh ? this.readings : this.read(now);
		const settled = session.commands >= settledCommands;
		this.judge.look(now, settled);
		this.pictureLock(now);
		const {parameters} = configuration;
		const {judgement} = this.judge;
		const {charts, frames} = this.chart(state.column, readings);
		const before = this.before();
		return {
			preset: run.preset.name,
			machine: this.machine,
			server: serverName(parameters['host.backend']),
			seed: Number(parameters.seed),
			sides: session.sides,
			irqVcpu: Number(parameters['guest.irqVcpu']),
			state: this.state,
			present: session.present,
			speed: formatSpeed(session.speed),
			achieved: session.achieved === null ? null : formatSpeed(session.achieved),
			time: session.now,
			fine: session.stepping || session.speed <= 1 / 1000,
			window: liveWindow,
			settled: settled || this.stalled !== null,
			isNow: this.stalled !== null,
			ringSize: this.ringSize,
			parameters: parameterRows(
				{filter: filter?.text ?? '', relevant: session.relevant, unfolded, order},
				configuration,
				run.preset.configuration,
			),
			order,
			selected: state.selected,
			filter: filter?.text,
			filtering: filter?.editing ?? false,
			readings,
			charts,
			verdict: this.stalled ?? judgement?.verdict ?? null,
			advice: this.stalled === null ? (judgement?.advice ?? null) : null,
			noHelp: this.stalled === null ? (judgement?.noHelp ?? []) : [],
			question:
				run.preset.question === undefined
					? null
					: {title: run.preset.title, text: run.preset.question, answer: this.answer},
			changes: this.changes(),
			planned: session.run.script
				.upcoming(session.now)
				.map(change => ({at: change.at, text: changeText(change)})),
			before,
			extra: this.extra(state, before),
			lock: this.lock,
			lockWaits: this.lockWaits,
			frames,
			panel: state.panel,
			isZoomed: state.isZoomed,
		};
	}

	private get state(): OverviewSnapshot['state'] {
		const {session} = this;
		if (session.isUnderWay) {
			return 'searching';
		}

		if (session.present !== undefined) {
			return 'history';
		}

		return session.paused ? 'paused' : this.stalled === null ? 'running' : 'stalled';
	}

	private get machine(): string {
		const word = (key: string): string => {
			const value = this.session.valueOf(key);
			return typeof value === 'string' ? value : '';
		};

		return `${word('host.backend')} ${word('device.kind')}, ${kernels[word('driver.lockPolicy')] ?? 'no kernel'}`;
	}

	private get ringSize(): number {
		const {parameters} = this.session.configuration;
		return parameters[ringSizeKey(parameters['device.kind'])];
	}

	/** Forgets what belongs to another setting; true when the numbers are due. */
	private refresh(now: number): boolean {
		const {session} = this;
		if (this.version !== session.version || this.run !== session.run) {
			const isFirst = this.run === undefined;
			this.version = session.version;
			this.run = session.run;
			this.chartKey = '';
			const change = session.run.log.beforeAt(session.now);
			if (change !== this.lockChange) {
				this.lockChange = change;
				this.lockBefore = this.lock;
			}

			this.lock = null;
			this.lockAt = -Infinity;
			if (isFirst) {
				this.judge.begin(now);
			} else {
				this.judge.forget(now);
			}

			return true;
		}

		// Where time stands still the numbers do; a pause or a step shows at once.
		return session.now !== this.readTime && (session.paused || now - this.readAt >= readingsPeriod);
	}

	private read(now: number): Readings {
		const {session} = this;
		const {run} = session;
		const {recorder} = run;
		this.figures = session.figures;
		const {readings} = this.figures;
		this.lockWaits = readings.lock.waits;
		this.stalled = stalledVerdict(run.simulation.stall());
		this.answer =
			run.preset.answer === undefined
				? ''
				: answerText(run.preset.answer, shownFigure(recorder, this.stalled !== null), key => {
						const value = session.valueOf(key);
						return value === undefined ? '' : formatValue(parameter(key), value);
					});
		this.readings = this.stalled === null ? readings : presentReadings(readings, recorder);
		this.readAt = now;
		this.readTime = session.now;
		return this.readings;
	}

	/** Draws a cycle of the lock anew when it is time to. */
	private pictureLock(now: number): void {
		const {run, configuration, paused} = this.session;
		if (this.lock === null || (now - this.lockAt >= lockPeriod && !paused)) {
			this.lockAt = now;
			this.lock = lockStrip(run.lastEvents, serverName(configuration.parameters['host.backend'])) ?? this.lock;
		}
	}

	private extra({extra}: InterfaceState, before: BeforeReading | null): ExtraPicture {
		const {verdict} = this.judge.judgement ?? {};
		if (extra !== undefined) {
			return extra;
		}

		if (lockVerdicts.has(verdict?.id ?? '') || before?.lock?.isWaited === true) {
			return 'lock';
		}

		return this.session.configuration.clients.some(({kind}) => kind === 'paced') ? 'frames' : 'none';
	}

	private before(): BeforeReading | null {
		const {session, figures} = this;
		const change = session.run.log.beforeAt(session.now);
		return change === null || figures === undefined
			? null
			: {
					at: change.at,
					readings: change.before.readings,
					effects: effectsBetween(change.before, figures),
					isSameRun: change.shadow?.isSame === true,
					lock: this.lockBefore,
				};
	}

	private chart(column: number, readings: Readings): {charts: ChartReadings; frames: FrameReading | null} {
		const {run, configuration} = this.session;
		const {windows} = run.recorder;
		const columns = columnsOf(windows, column, this.options.columns);
		const key = `${columns.last} ${columns.perColumn} ${this.options.columns}`;
		if (this.charts === undefined || this.chartKey !== key) {
			this.chartKey = key;
			this.charts = chartReadings(windows, columns, run.timeline.changes);
			const client = configuration.clients.find(({kind}) => kind === 'paced');
			this.frames = client === undefined ? null : frameReading(windows, columns, client, readings.figures);
		}

		return {charts: this.charts, frames: this.frames};
	}

	private changes(): OverviewSnapshot['changes'] {
		const {session, figures} = this;
		return figures === undefined
			? []
			: changeEffects(session.run.log.upTo(session.now), figures, shownChanges).map(effect => ({
					...effect,
					text: changeText(effect),
				}));
	}
}

function changeText({set}: Change): string {
	return Object.entries(set)
		.map(([key, value]) => `${parameter(key).label} ${formatValue(parameter(key), value)}`)
		.join(', ');
}
