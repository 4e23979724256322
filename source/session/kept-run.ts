import {type Act, type RunPoint} from '../run/acts.js';
import {type Configuration} from '../simulation/configuration.js';
import {type ChangeLog} from './before/change-log.js';
import {type LiveRun} from './live-run.js';
import {type SessionPreset} from './preset-shelf.js';
import {type Script} from './script.js';

/** A run with what its list needs: parameters at its start, seed, changes. */
export type SessionRun = LiveRun & {
	readonly preset: SessionPreset;
	readonly start: Configuration;
	/** Where the user cut the window last; the end of the warm-up while that is later. ns. */
	measuredFrom: number;
	warm: boolean;
	/** The changes with what was before each. */
	readonly log: ChangeLog;
	/** What is to be done to it. */
	readonly script: Script;
};

/** A run as a list, from which it is made again event for event. */
export type RunList = Pick<SessionRun, 'preset' | 'start' | 'measuredFrom' | 'warm' | 'log' | 'script'> & {
	readonly acts: readonly Act[];
	/** Where it was left. */
	readonly point: RunPoint;
};

/** The list of a run that stands where it is to be found again. */
export function listOf({preset, start, measuredFrom, warm, log, script, timeline}: SessionRun): RunList {
	return {
		preset,
		start,
		measuredFrom,
		warm,
		log: log.copy(),
		script,
		acts: [...timeline.record],
		point: timeline.point,
	};
}

/** A run that the user may come back to: alive, which takes megabytes, or as a list only. */
export class KeptRun {
	private alive: SessionRun | undefined;
	private list: RunList | undefined;

	constructor(run: SessionRun) {
		this.alive = run;
	}

	/** Undefined: it has to be made from `left`. */
	get run(): SessionRun | undefined {
		return this.alive;
	}

	set run(run: SessionRun | undefined) {
		this.alive = run;
	}

	/** Where and how it was left; undefined before that. */
	get left(): RunList | undefined {
		return this.list;
	}

	/** It is left where it stands. */
	leave(): void {
		if (this.alive !== undefined) {
			this.list = listOf(this.alive);
		}
	}

	/** It is no longer alive; it was left before. */
	drop(): void {
		this.alive = undefined;
	}
}
