/**
What a vCPU did, shares of its time; `exit` counts the sleep on the BQL in, `idle` the polling for
an interrupt, `busy` is all but idle and stolen.
*/
export type VcpuUse = {
	readonly index: number;
	readonly guest: number;
	readonly spin: number;
	readonly exit: number;
	/** The part of `exit` in which the thread slept (BQL). */
	readonly blocked: number;
	readonly idle: number;
	readonly busy: number;
};
