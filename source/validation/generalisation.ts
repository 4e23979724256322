import {type Prediction, type Testbed} from './cell.js';
import {type LeftOutScore, scoreLeftOut} from './left-out.js';
import {type NoiseCeiling, noiseCeiling} from './noise-ceiling.js';
import {type SessionSpeed, sessionSpeeds, sessionSpread, twinPredictions} from './session-speed.js';

/** What the scores of a fit are to be read against. */
export type Generalisation = {
	/**
	What a predictor would reach that knows the true medians; null when the file
	does not say how many runs it had.
	*/
	readonly noiseCeiling: NoiseCeiling | null;
	/** By family: scores with the constants of a fit that did not see it. Empty without a fit. */
	readonly leftOut: Readonly<Record<string, LeftOutScore>>;
	readonly leftOutAll: LeftOutScore | null;
	readonly sessions: {
		/**
		How fast sessions were against each other, told by cells that are the same machine in both.
		*/
		readonly compared: readonly SessionSpeed[];
		/** Standard deviation of the logarithm of a session's speed, at most. */
		readonly spread: number;
		/** Such cells predicted by what the same machine showed in other sessions. */
		readonly twins: LeftOutScore | null;
	};
};

/**
`leftOut`: predictions in the order of the cells, each with constants that had not seen its
family, undefined where there are none. `inert`: keys that change nothing on that machine.
*/
export function generalisationOf(
	testbed: Testbed,
	leftOut: ReadonlyArray<Prediction | undefined>,
	inert: readonly string[],
): Generalisation {
	const scores = scoreLeftOut(testbed, leftOut);
	const compared = sessionSpeeds(testbed.cells, inert);
	return {
		noiseCeiling: noiseCeiling(testbed),
		leftOut: scores?.families ?? {},
		leftOutAll: scores?.all ?? null,
		sessions: {
			compared,
			spread: sessionSpread(compared),
			twins: scoreLeftOut(testbed, twinPredictions(testbed.cells, inert))?.all ?? null,
		},
	};
}
