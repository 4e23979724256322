import {type SummaryName} from './distribution-rows.js';
import {type Figure} from './figure.js';
import {type PauseName} from './metric-names.js';
import {type Tree} from './metric-row.js';
import {type machineRows, type queueRows} from './metric-rows.js';

export {type Figure} from './figure.js';
export {
	holderPhases,
	type PauseName,
	pauseNames,
	type StageName,
	stageNames,
	waiterRoles,
	type WaitName,
	waitNames,
} from './metric-names.js';

/** The figures of one queue. */
export type QueueMetrics = Tree<typeof queueRows>;

type MachineMetrics = Tree<typeof machineRows>;

/** All metrics of a stretch of a run, as docs/contract.md, section 4 defines them. */
export type Metrics = QueueMetrics &
	Omit<MachineMetrics, 'frames'> & {
		/** By client; null without paced clients. */
		readonly frames: MachineMetrics['frames'] | null;
		/** Null without cursor clients. */
		readonly cursor: QueueMetrics | null;
	};

/** Latencies and lock times in us. */
export type Summary = Readonly<Record<SummaryName, Figure>>;

export type Latency = QueueMetrics['latency'];

export type LockMetrics = QueueMetrics['lock'];

/** Mean in us; share of the mean latency; mean in us over the commands at or above p99. */
export type Stage = {readonly mean: Figure; readonly share: Figure; readonly tail: Figure};

export type VcpuShares = Metrics['cpu']['vcpus'][number];

/**
Number a second; share of time; responses (of both queues) per second of a pause; the longest one:
its length in us, and its start in s of simulated time.
*/
export type Pause = Metrics['pauses'][PauseName];
