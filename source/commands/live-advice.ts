import {judge} from '../diagnosis/verdict.js';
import {type AdviceDocument} from '../report/advice-document.js';
import {type AdviceQuestion} from '../session/adviser.js';
import {pilotKind} from '../work/kinds/pilot.js';
import {withPool} from '../work/pool.js';
import {adviceOf} from './advice-work.js';

export type LiveAdviceOptions = {
	/** Threads at most: what they take, the run that goes on has not. */
	readonly workers: number;
	/** Ends all of it. */
	readonly signal: AbortSignal;
	/** Told how far it is, 0 to 1. */
	readonly onShare: (share: number) => void;
};

/** Events of all runs together, about: without the profile of stages that `vqlab advise` adds. */
const events = 3_000_000;
/** Events of a run at most: one that has more is not waited for. */
const budget = 5_000_000;
/** Of the whole, the first run. */
const pilotShare = 0.05;

/** Advice that is computed in worker threads; undefined when it was ended before. */
export async function liveAdvice(
	{configuration, preset}: AdviceQuestion,
	{workers, signal, onShare}: LiveAdviceOptions,
): Promise<AdviceDocument | undefined> {
	return withPool({workers}, async pool => {
		const {seed} = configuration.parameters;
		const [pilot] = await pool.answers(pilotKind, [{configuration, seed}], {signal});
		if (pilot === undefined) {
			return undefined;
		}

		onShare(pilotShare);
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
			onShare(share) {
				onShare(pilotShare + share * (1 - pilotShare));
			},
		});
	});
}
