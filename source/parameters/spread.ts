import {type DistributionSpec} from '../engine/distribution.js';
import {type Provenance} from './parameter.js';

/**
How far a cost scatters about its median. A machine whose every step takes the same time runs
in step with itself: phases lock, and a change of a tenth of one cost moves a median by a third.
*/
export type Spread = {
	/** Of the logarithm: p90 is exp(1.28 sigma) of the median, p99 exp(2.33 sigma). */
	readonly sigma: number;
	/** `measured`, `published` or `assumed`, and on what. */
	readonly source: string;
};

/**
By what a cost is made of: nobody has measured each one, so those of a kind share their spread.
*/
export const spreads = {
	guestCode: {
		sigma: 0.4,
		source:
			'measured on virtqueue_add_sgs and kick_prepare of a 6.12 guest under TCG: p90 1.3 to 2.3 times the ' +
			'median, p99 2.2 to 4 times',
	},
	guestWake: {
		sigma: 0.4,
		source: 'measured from the interrupt to the worker of an idle 6.12 guest under TCG: 163 us p50, 269 us p90',
	},
	exit: {
		sigma: 0.2,
		source:
			'published for an EXTERNAL_INTERRUPT exit, 0.44 to 0.47 us at least and 0.71 us on average (KVM commit ' +
			"0c5f81dad46c); its tail, up to 58 us, is other threads'",
	},
	wake: {
		sigma: 0.3,
		source:
			'measured from eventfd to ppoll in a nested VM: 17 us p50, 24 us p90; its p99, 65 us, is other ' +
			"threads'",
	},
	handoff: {
		sigma: 0.2,
		source: 'measured on a contended mutex in a nested VM: 16 us p50, 21 us p90',
	},
	hostCode: {
		sigma: 0.35,
		source:
			"measured on QEMU from a command's trace event to its flush: p90 1.2 to 2 times the median of 3 to " +
			'5 us',
	},
	copy: {
		sigma: 0.15,
		source: 'measured on TRANSFER_TO_HOST_2D of 3 MiB in QEMU: 325 us p50, 396 us p90',
	},
	holds: {
		sigma: 0.5,
		source: 'published for an idle sample of main-loop work, 23 to 133 us (reims-vgpu #31): the range of two sigma',
	},
	background: {
		sigma: 1,
		source:
			'measured by scheduler traces of a small VM: 60 to 130 runs a second, half of them of 30 to 40 us, one ' +
			'in twenty of 1 ms and more',
	},
	gpu: {
		sigma: 0.3,
		source: 'assumed; no published quantiles of a command',
	},
} as const satisfies Readonly<Record<string, Spread>>;

/**
A cost about its median, ns: lognormal, as durations with a floor and a tail to
the right are. 0 has no spread.
*/
export function spreadAbout(median: number, {sigma}: Spread): DistributionSpec {
	return median > 0 ? {kind: 'lognormal', median, sigma} : {kind: 'const', value: median};
}

/** The source of a median with that of its spread beside it; the kind stays the median's. */
export function withSpread(provenance: Provenance, spread: Spread | undefined): Provenance {
	return spread === undefined ? provenance : {...provenance, source: `${provenance.source}; spread ${spread.source}`};
}
