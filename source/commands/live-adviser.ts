import {judge} from '../diagnosis/verdict.js';
import {type AdviceDocument} from '../report/advice-document.js';
import {type AdviceJob, type Adviser, type AdviceQuestion} from '../session/adviser.js';
import {pilotKind} from '../work/kinds/pilot.js';
import {withPool} from '../work/pool.js';
import {adviceOf} from './advice-work.js';

export type LiveAdviserOptions = {
	/** Threads at most: what they take, the run that goes on has not. */
	readonly workers: number;
	/** Ends all of it. */
	readonly signal?: AbortSignal;
	/** Told how far it is, 0 to 1. */
	readonly onShare?: (share: number) => void;
};

/** Events of all runs together, about: without the profile of stages that `vqlab advise` adds. */
const events = 3_000_000;
/** Events of a run at most: one that has more is not waited for. */
const budget = 5_000_000;
/** Of the whole, the first run. */
const pilotShare = 0.05;

/** Computes advice in worker threads, while a run goes on in this one. */
export function liveAdviser(options: LiveAdviserOptions): Adviser {
	return {
		begin: question => new Job(question, options),
	};
}

class Job implements AdviceJob {
	progress = 0;
	document: AdviceDocument | undefined;
	failure: string | undefined;
	readonly done: Promise<void>;
	private readonly stop = new AbortController();

	constructor(
		private readonly question: AdviceQuestion,
		private readonly options: LiveAdviserOptions,
	) {
		this.done = this.work();
	}

	cancel(): void {
		this.stop.abort();
	}

	private async work(): Promise<void> {
		const {workers, signal: outer} = this.options;
		const signal = outer === undefined ? this.stop.signal : AbortSignal.any([outer, this.stop.signal]);
		try {
			this.document = await withPool({workers}, async pool => {
				const {configuration, preset} = this.question;
				const {seed} = configuration.parameters;
				const [pilot] = await pool.answers(pilotKind, [{configuration, seed}], {signal});
				if (pilot === undefined) {
					return undefined;
				}

				this.show(pilotShare);
				return adviceOf({
					configuration,
					preset,
					pilot,
					verdict: judge(pilot.metrics, configuration, pilot.stall, pilot.sleeps),
					constraints: [],
					events,
					budget,
					profile: false,
					pool,
					signal,
					onShare: share => {
						this.show(pilotShare + share * (1 - pilotShare));
					},
				});
			});
		} catch (error) {
			this.failure = error instanceof Error ? error.message : String(error);
		}
	}

	private show(share: number): void {
		this.progress = share;
		this.options.onShare?.(share);
	}
}
