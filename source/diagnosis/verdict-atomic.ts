import {formatGrouped} from '../charts/format-number.js';
import {type AtomicSleepWords, type Finding} from './finding.js';

/** Functions that may sleep, with what keeps them out of the lock. */
const cures: Readonly<Record<string, Finding['suggestion']>> = {
	drm_connector_update_edid_property: {
		set: {'driver.edidProperty': 'before-lock'},
		why: 'the property is updated before the lock is taken, as 41de4be6f6ef does',
	},
};

/**
A step that may sleep under a spinlock: on a kernel with CONFIG_DEBUG_ATOMIC_SLEEP a splat, on
others a hang that waits to happen.
*/
export function sleepInAtomic([first]: readonly AtomicSleepWords[]): Finding | undefined {
	if (first === undefined) {
		return undefined;
	}

	const {site, lock, who, count, at} = first;
	return {
		bottleneck: 'sleep-in-atomic',
		text: `${who} holds ${lock} in ${site}, which may sleep.`,
		short: `${who} may sleep with ${lock} held`,
		evidence: [
			{metric: 'sleeps.count', value: count, text: `${formatGrouped(count)} times since ${at.toFixed(6)} s`},
		],
		suggestion: cures[site] ?? null,
	};
}
