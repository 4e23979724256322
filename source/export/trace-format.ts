import {type Recorder} from '../metrics/recorder.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument} from '../tracepoints/observer.js';
import {type UnderWay} from '../tracking/under-way.js';

/** What a writer is given when the stretch begins. It writes what happens from `from` (ns) on. */
export type WriterContext = {
	readonly simulation: Simulation;
	readonly from: number;
	/** Attached in front of the writer from time 0 on. */
	readonly underWay: UnderWay;
	/** Likewise, for a format that asks for it. */
	readonly recorder: Recorder | undefined;
};

/**
What watches a stretch of a run and has the text of its export at `time` (ns), where the run stands.
*/
export type TraceWriter = Instrument & {text(time: number): string};

/** A format that a stretch of a run can be written in. */
export type TraceFormat = {
	readonly kind: 'trace';
	/** As `--to` takes it. */
	readonly id: string;
	/** What it is and who reads it. */
	readonly words: string;
	/** Of the file's name. */
	readonly extension: string;
	/** It needs the stages of commands, which the recorder cuts. */
	readonly needsRecorder?: true;
	/**
	It needs the run from time 0 on: the dashboard, which begins at a moment, does not offer it.
	*/
	readonly needsWholeRun?: true;
	/** Throws `UserError` for a configuration that it has nothing to say of. */
	readonly refuse?: (configuration: Configuration) => void;
	readonly writer: (context: WriterContext) => TraceWriter;
};

/** A format that says something of a configuration and needs no run. */
export type ConfigurationFormat = {
	readonly kind: 'configuration';
	readonly id: string;
	readonly words: string;
	readonly text: (configuration: Configuration) => string;
};

export type ExportFormat = TraceFormat | ConfigurationFormat;
