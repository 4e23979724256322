/** A difference that is meant: which answers, which places in them (all without), and why. */
export type Reason = {
	readonly job: RegExp;
	readonly place?: RegExp;
	readonly why: string;
};

/** What differs from the commit before the house was redrawn, on purpose. */
export const reasons: readonly Reason[] = [
	{
		job: /^run (?!as text)/v,
		place: /^(?:parametersHash|parameters\.(?:driver\.edidProperty|host\.stall|host\.nextBuddy))$/v,
		why: 'driver.edidProperty, host.stall and host.nextBuddy are new parameters, and the hash is over all of them',
	},
	{
		job: /^run (?!as text)/v,
		place: /^hashes$/v,
		why: 'the hash of each block of 65,536 events is new, so that the first block that differs can be named',
	},
	{
		job: /^run as text$/v,
		place: /^line 51$/v,
		why: 'the command that repeats a run says what hash it must have',
	},
	{
		job: /^(?:presets|explain|schema)$/v,
		why: 'presets, parameters, metrics and a device that came later: every list is longer',
	},
	{
		job: /^export impossible-request qemu-log$/v,
		why: 'a run that stalls inside its warm-up is exported from its start: there is nothing else of it',
	},
	{
		job: /^export mapped-doorbell ftrace$/v,
		why: 'a switch of tasks shows at the next tracepoint, and serviceEnded, which had no listener, is gone',
	},
	{
		job: /^(?:calibrate|replay) /v,
		why: 'pauses, tails and facts are read from recordings that were not, and fits start anew',
	},
	{
		job: /^snapshots /v,
		why: 'the views were built anew, and intervals of reports are those of their statistics',
	},
	{job: /^run as text$/v, place: /^line 1$/v, why: 'the same hash, in the heading'},
];
