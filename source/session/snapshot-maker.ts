import {type Stall} from '../simulation/stall.js';
import {stallCauses} from '../run/stall-words.js';
import {serverName} from '../host/backends/backends.js';
import {linesOf} from '../metrics/metric-chart.js';
import {charts} from '../metrics/metric-table.js';
import {type VerdictName} from '../metrics/verdict-names.js';
import {type Change} from '../parameters/configuration.js';
import {parameter} from '../simulation/parameters/table.js';
import {formatValue} from '../parameters/value.js';
import {settledCommands} from '../run/stretches.js';
import {judge} from '../diagnosis/verdict.js';
import {type InterfaceState} from './interface-state.js';
import {parameterRows} from './parameter-list.js';
import {presentReadings, readingsOf} from './readings.js';
import {type Session, type SessionRun} from './session.js';
import {
	type ChartReading,
	type ChartReadings,
	type OverviewSnapshot,
	type Readings,
	type Sentence,
	type VerdictSentence,
} from './snapshot.js';
import {formatSpeed} from './speed.js';

/** Simulated length of the live window, ns. */
const liveWindow = 200_000_000;
/** Numbers change at 4 Hz, the verdict at 1 Hz and only when it held three times; wall ms. */
const readingsPeriod = 250;
const verdictPeriod = 1000;
const verdictHolds = 3;
/** A waste that nobody complains of; where a setting takes it away it is a problem to who sits in front of the settings. */
const spins: ReadonlySet<VerdictName> = new Set<VerdictName>(['worker-spin', 'submitter-spin']);
const shownChanges = 8;

/** Kernels that have a lock policy. */
const kernels: Readonly<Record<string, string>> = {
	'kick-under-lock': 'Linux to 5.4',
	'kick-after-unlock': 'Linux 5.5',
	'kick-batched': 'Linux 5.7 on',
};

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
	private readings: Readings | undefined;
	private readAt = -Infinity;
	private readTime = -1;
	private judgedAt = -Infinity;
	private sentences: {verdict: VerdictSentence; advice: Sentence | null} | null = null;
	/** Takes the place of any verdict. */
	private stalled: VerdictSentence | null = null;
	private candidate: {id: string; times: number} = {id: '', times: 0};
	private version = -1;
	private run: SessionRun | undefined;
	private charts: ChartReadings | undefined;
	private chartKey = '';

	constructor(session: Session, options: SnapshotOptions) {
		this.session = session;
		this.options = options;
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
		const {run} = session;
		const now = this.options.clock();
		run.recorder.advance(session.now);
		const fresh = this.refresh(now);
		const readings = this.readings !== undefined && !fresh ? this.readings : this.read(now);
		const settled = session.commands >= settledCommands;
		this.judge(now, settled);
		const {parameters} = session.configuration;
		return {
			preset: run.preset.name,
			machine: this.machine,
			server: serverName(parameters['host.backend']),
			seed: Number(parameters.seed),
			irqVcpu: Number(parameters['guest.irqVcpu']),
			state: session.paused ? 'paused' : this.stalled === null ? 'running' : 'stalled',
			speed: formatSpeed(session.speed),
			time: session.now,
			fine: session.stepping || session.speed <= 1 / 1000,
			window: liveWindow,
			settled: settled || this.stalled !== null,
			isNow: this.stalled !== null,
			ringSize: this.ringSize,
			parameters: parameterRows(state.filter?.text ?? '', session.configuration, run.preset.configuration),
			selected: state.selected,
			filter: state.filter?.text,
			filtering: state.filter?.editing ?? false,
			readings,
			charts: this.chart(state.column),
			verdict: this.stalled ?? this.sentences?.verdict ?? null,
			advice: this.stalled === null ? (this.sentences?.advice ?? null) : null,
			changes: this.changes(),
		};
	}

	private get machine(): string {
		const word = (key: string): string => {
			const value = this.session.valueOf(key);
			return typeof value === 'string' ? value : '';
		};

		return `${word('host.backend')} ${word('device.kind')}, ${kernels[word('driver.lockPolicy')] ?? 'no kernel'}`;
	}

	private get ringSize(): number {
		return Number(this.session.configuration.parameters['queue.size']);
	}

	/** Forgets what belongs to another setting; true when the numbers are due. */
	private refresh(now: number): boolean {
		const {session} = this;
		if (this.version !== session.version || this.run !== session.run) {
			this.version = session.version;
			this.run = session.run;
			this.chartKey = '';
			this.sentences = null;
			this.candidate = {id: '', times: 0};
			this.judgedAt = now;
			return true;
		}

		// Where time stands still the numbers do; a pause or a step shows at once.
		return session.now !== this.readTime && (session.paused || now - this.readAt >= readingsPeriod);
	}

	private read(now: number): Readings {
		const {session} = this;
		const {recorder} = session.run;
		const {windows} = recorder;
		const count = Math.round(liveWindow / this.session.window);
		// A window that begins before the cut holds something of before it.
		const from = Math.max(windows.first, Math.ceil(recorder.since / this.session.window), windows.end - count);
		const since = recorder.metrics();
		// Before the first whole window the numbers are those since the cut.
		const live = from < windows.end ? windows.metrics(from, windows.end) : since;
		const {parameters} = session.configuration;
		const readings = readingsOf(
			live,
			since,
			{control: this.ringSize, cursor: Number(parameters['queue.cursorSize'])},
			session.commands,
		);
		this.stalled = stalledVerdict(session.run.simulation.stall());
		this.readings = this.stalled === null ? readings : presentReadings(readings, recorder);
		this.readAt = now;
		this.readTime = session.now;
		return this.readings;
	}

	private judge(now: number, settled: boolean): void {
		const {session} = this;
		if (now - this.judgedAt < verdictPeriod || session.paused || !settled) {
			return;
		}

		this.judgedAt = now;
		const {bottleneck, text, short, suggestion, severity} = judge(
			session.run.recorder.metrics(),
			session.configuration,
		);
		this.candidate = {id: bottleneck, times: this.candidate.id === bottleneck ? this.candidate.times + 1 : 1};
		// The first verdict after a change has nothing to flicker against.
		if (
			this.sentences !== null &&
			this.sentences.verdict.id !== bottleneck &&
			this.candidate.times < verdictHolds
		) {
			return;
		}

		const set =
			suggestion === null
				? ''
				: Object.entries(suggestion.set)
						.map(([key, value]) => `${key} = ${String(value)}`)
						.join(', ');
		this.sentences = {
			verdict: {
				id: bottleneck,
				text,
				short,
				severity: suggestion !== null && spins.has(bottleneck) ? 'problem' : severity,
			},
			advice: suggestion === null ? null : {id: 'try', text: `${set}: ${suggestion.why}`, short: set},
		};
	}

	private chart(column: number): ChartReadings {
		const {run} = this.session;
		const {windows} = run.recorder;
		const perColumn = Math.max(1, Math.round(column / this.session.window));
		const last = Math.floor(windows.end / perColumn);
		const key = `${last} ${perColumn} ${this.options.columns}`;
		if (this.charts !== undefined && this.chartKey === key) {
			return this.charts;
		}

		this.chartKey = key;
		const start = Math.max(Math.ceil(windows.first / perColumn), last - this.options.columns - 1);
		const lines = charts.map((chart): [string, ChartReading] => [
			chart.path,
			{
				lines: linesOf(chart).map(path =>
					Array.from({length: Math.max(0, last - start)}, (_, index) =>
						windows.value(path, (start + index) * perColumn, (start + index + 1) * perColumn),
					),
				),
			},
		]);
		// A change in the column that is not complete yet shows at the newest one.
		const marks = run.timeline.changes
			.map(change => ({
				age: Math.max(0, last - 1 - Math.floor(change.at / (perColumn * this.session.window))),
				at: change.at,
			}))
			.filter(mark => mark.age <= this.options.columns);
		this.charts = {column: perColumn * this.session.window, charts: Object.fromEntries(lines), marks};
		return this.charts;
	}

	private changes(): Array<{at: number; text: string}> {
		return this.session.run.timeline.changes
			.slice(-shownChanges)
			.toReversed()
			.map(change => ({at: change.at, text: changeText(change)}));
	}
}

function stalledVerdict(stall: Stall | null): VerdictSentence | null {
	return stall === null ? null : {...stallSentence(stall), severity: 'problem'};
}

function stallSentence(stall: Stall): Sentence {
	const queue = stall.queue === 0 ? 'control' : 'cursor';
	if (stall.chain > 0) {
		return {
			id: 'stall',
			text: `A command of the ${queue} queue has ${stall.chain} segments, and the device takes ${stall.longestChain}: it is broken and answers no more (${stall.kind}).`,
			short: `A chain of ${stall.chain} segments broke the device, which takes ${stall.longestChain} (${stall.kind})`,
		};
	}

	if (stall.slots > 0) {
		return {
			id: 'stall',
			text: `A command wants ${stall.slots} free slots of the ${queue} queue and waits for ever; ${stallCauses[stall.kind]} (${stall.kind}).`,
			short: `A command waits for ${stall.slots} slots of the ${queue} queue for ever (${stall.kind})`,
		};
	}

	const count = stall.unpopped + stall.unreaped;
	if (stall.kind === 'livelock') {
		return {
			id: 'stall',
			text: `Nothing has ended for 100 ms, though threads run: ${stallCauses.livelock} (${stall.kind}).`,
			short: `Nothing has ended for 100 ms, though threads run (${stall.kind})`,
		};
	}

	return {
		id: 'stall',
		text: `${count} commands wait in the ${queue} queue; host and guest both sleep: ${stallCauses[stall.kind]} (${stall.kind}).`,
		short: `${count} commands wait in the ${queue} queue, both sides asleep (${stall.kind})`,
	};
}

function changeText(change: Change): string {
	return Object.entries(change.set)
		.map(([key, value]) => `${key} = ${formatValue(parameter(key), value)}`)
		.join(', ');
}
