import {type VerdictName} from '../../metrics/verdict-names.js';
import {type Metrics} from '../../metrics/metrics.js';
import {metricAt} from '../../metrics/metric-path.js';
import {type Configuration} from '../../simulation/configuration.js';

/** A metric and which way it is to go. */
type Wanted = {readonly path: string; readonly better: 'lower' | 'higher'};

const lower = (path: string): Wanted => ({path, better: 'lower'});
const throughput: Wanted = {path: 'throughput.completed', better: 'higher'};

/**
What a user wants who is told this verdict: less of its waste, or more of what it bounds. A verdict
that is not here has the mean latency. `stalls` and `sleepsInAtomic` are figures of whole runs.
*/
const wantedOf: Readonly<Partial<Record<VerdictName, Wanted>>> = {
	stall: lower('stalls'),
	'sleep-in-atomic': lower('sleepsInAtomic'),
	'lost-kick': throughput,
	'lost-irq': throughput,
	'commands-lost': lower('ring.busyErrors'),
	'commands-unanswered': throughput,
	'demand-short': throughput,
	'worker-spin': lower('lock.spin.worker'),
	'submitter-spin': lower('lock.spin.submitter'),
	'spin-starves-host': throughput,
	'submitter-bound': throughput,
	'loop-bound': throughput,
	'ring-full': lower('ring.fullWaits'),
	doorbell: throughput,
	'worker-late': throughput,
	'host-pause': lower('latency.p99'),
	'renderer-block': lower('latency.p99'),
	'vcpu-preempt': lower('latency.p99'),
	'demand-met': lower('latency.p99'),
};

/** Verdicts of which a paced client sees missed frames. */
const seenInFrames: ReadonlySet<VerdictName> = new Set<VerdictName>([
	'missed-frames',
	'fence-poll',
	'fence-wait',
	'host-queue',
	'bql-busy',
	'loop-bound',
	'demand-met',
	'host-pause',
]);

/** Names of clients that are paced. */
export function pacedClients({clients}: Configuration): readonly string[] {
	return clients.filter(({kind}) => kind === 'paced').map(({name}) => name);
}

/** The goal of advice on a verdict: its metric; missed frames where a paced client misses some. */
export function goalOfVerdict(verdict: VerdictName, metrics: Metrics, configuration: Configuration): Wanted {
	const missed = pacedClients(configuration)
		.map(name => `frames.${name}.missed`)
		.find(path => (metricAt(metrics, path) ?? 0) > 0);
	if (missed !== undefined && seenInFrames.has(verdict)) {
		return lower(missed);
	}

	const wanted = wantedOf[verdict] ?? lower('latency.mean');
	const hasNone =
		!['stalls', 'sleepsInAtomic'].includes(wanted.path) && (metricAt(metrics, wanted.path) ?? null) === null;
	const {path, better} = hasNone ? throughput : wanted;
	return metrics.throughput.completed === 0 && metrics.cursor !== null && path !== 'stalls'
		? {path: `cursor.${path}`, better}
		: {path, better};
}

/** What must not suffer meanwhile: the frames of paced clients, else throughput. */
export function constraintsOf({path: goal}: Wanted, metrics: Metrics, configuration: Configuration): readonly Wanted[] {
	const frames = pacedClients(configuration).map((name): Wanted => ({
		path: `frames.${name}.perSecond`,
		better: 'higher',
	}));
	const isPaced = frames.length > 0 && frames.length === configuration.clients.length;
	const cursor: Wanted = {...throughput, path: 'cursor.throughput.completed'};
	return [
		...frames,
		...(isPaced ? [] : [metrics.throughput.completed === 0 && metrics.cursor !== null ? cursor : throughput]),
	].filter(({path}) => path !== goal);
}
