import {type AdviceDocument} from '../report/advice-document.js';
import {type AdviceJob, type Adviser, type AdviceQuestion} from '../session/adviser.js';

export type LiveAdviserOptions = {
	/** Threads at most: what they take, the run that goes on has not. */
	readonly workers: number;
	/** Ends all of it. */
	readonly signal?: AbortSignal;
	/** Told how far it is, 0 to 1. */
	readonly onShare?: (share: number) => void;
};

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
			// Most who open a dashboard do not ask for advice.
			const {liveAdvice} = await import('./live-advice.js');
			this.document = await liveAdvice(this.question, {
				workers,
				signal,
				onShare: share => {
					this.show(share);
				},
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
