import {UserError} from '../errors/user-error.js';
import {ExportJob} from '../export/export-job.js';
import {type TraceFormat} from '../export/trace-format.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {ringSizeKey} from '../simulation/devices.js';
import {valueOf} from '../simulation/parameters/resolve-clients.js';
import {version} from '../version.js';
import {type StretchFigures, stretchFigures} from './before/stretch-figures.js';
import {type SessionRun} from './kept-run.js';
import {type SessionPreset} from './preset-shelf.js';
import {type RunHistory} from './run-history.js';
import {shareLine} from './share-line.js';
import {type Search} from './window-search.js';

/** The shortest run that `vqlab export` makes, ns. */
const shortestExport = 1000;

/** What a session looks at: the run that goes on or its past, and what is on its way. */
export abstract class LookedAt {
	/** Length of the windows of the charts, ns: the same for all runs of a session. */
	abstract readonly window: number;
	protected abstract readonly history: RunHistory;
	/** What `:forward` waits for. */
	protected search: Search | undefined;
	private tried: {readonly of: SessionPreset; readonly keys: readonly string[]} | undefined;

	/** Where it is another object, axes begin anew. */
	get axes(): object {
		return this.history.axes;
	}

	/** What is looked at: the run that goes on, or its past. */
	get run(): SessionRun {
		return this.history.run;
	}

	/** Counts what a view must draw anew at once: changes, new runs, restarts, another time. */
	get version(): number {
		return this.history.version;
	}

	/** How far the run has gone, ns, while its past is looked at; undefined at the present. */
	get present(): number | undefined {
		return this.history.isPast ? this.history.head.timeline.now : undefined;
	}

	/** The run that goes on, whatever is looked at of it. */
	get head(): SessionRun {
		return this.history.head;
	}

	/** It goes through its events as fast as it can, to a place that was asked for. */
	get isUnderWay(): boolean {
		return this.history.isReturning || this.search !== undefined;
	}

	/** Keys of the parameters that matter most now, the first first. */
	get relevant(): readonly string[] {
		const {preset} = this.run;
		return this.tried?.of === preset ? this.tried.keys : triedKeys(preset);
	}

	set relevant(keys: readonly string[]) {
		this.tried = {of: this.run.preset, keys};
	}

	get configuration(): Configuration {
		return this.run.simulation.configuration;
	}

	get now(): number {
		return this.run.simulation.now;
	}

	/** Events of the run so far. */
	get events(): number {
		return this.run.simulation.events;
	}

	/** Responses since the window was last cut. */
	get commands(): number {
		return this.run.recorder.answered;
	}

	/** The command that repeats the run. */
	get token(): string {
		const {run} = this;
		return shareLine({
			preset: run.preset.reference,
			original: run.preset.configuration,
			start: run.start,
			changes: run.timeline.changes,
			from: run.measuredFrom,
			end: this.now,
			hashAt: time => this.hashAt(time),
		});
	}

	/** What the parameter is now. */
	valueOf(key: string): ParameterValue | undefined {
		return valueOf(this.configuration, key);
	}

	/** The stretch since the window was last cut, as it is now. */
	get figures(): StretchFigures {
		const {configuration, run, window} = this;
		const {parameters, clients} = configuration;
		return stretchFigures(
			run,
			window,
			{
				control: parameters[ringSizeKey(parameters['device.kind'])],
				cursor: Number(parameters['queue.cursorSize']),
			},
			clients.filter(({kind}) => kind === 'paced').map(({name}) => name),
		);
	}

	/**
	What writes the last `length` ns of the run, or all of it when it is shorter. Throws
	`UserError` when there is nothing yet.
	*/
	exportJob(length: number, format: TraceFormat): ExportJob {
		const {run, now} = this;
		const from = Math.max(0, Math.floor(now - length));
		if (now - from < shortestExport) {
			throw new UserError('nothing has been simulated yet: let it run, then save');
		}

		return new ExportJob(run.timeline.at(from), format, {from, end: now});
	}

	/**
	The event hash of the run up to a time (ns) as `vqlab run` would have it,
	with the version that makes it.
	*/
	private hashAt(time: number): string | undefined {
		const {timeline} = this.run;
		if (timeline.stall()?.kind === 'livelock') {
			// A run ends when it finds that, and events go on.
			return undefined;
		}

		const twin = timeline.at(time);
		twin.advance(time);
		return `${twin.eventHash()}@${version}`;
	}
}

/** The keys that a preset says are worth a try. */
function triedKeys({try: tries}: SessionPreset): readonly string[] {
	return tries.flatMap(text => text.split(' ').map(setting => setting.split('=', 1)[0]));
}
