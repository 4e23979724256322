/** Arrivals a second and the slots that are free when the host stops. */
type Slack = {readonly rate: number; readonly free: number};

/** The longest stop of the host, in seconds, that a ring absorbs without a full ring. */
export function preemptionSlack({rate, free}: Slack): number {
	return free / rate;
}

/** Commands that find no slot during a stop of `stop` seconds, for even arrivals. */
export function lostInStop({rate, free}: Slack, stop: number): number {
	return Math.max(0, rate * stop - free);
}
