import {type Metrics} from '../metrics/metrics.js';
import {type PublishedPair} from './published-pair.js';

const thousandsPerSecond = ({throughput}: Metrics): number => throughput.completed / 1000;

const microseconds = ({latency}: Metrics): number => latency.mean ?? Number.NaN;

const framesPerSecond = ({frames}: Metrics): number => frames?.compositor?.perSecond ?? Number.NaN;

/**
A band of a quarter around a published ratio, the width that scenarios of this kind are granted.
*/
function quarter(ratio: number): readonly [number, number] {
	return [ratio * 0.75, ratio * 1.25];
}

/** A depth of the curve of QEMU 2e53b0b45024; four costs are fitted on the four figures before. */
function depth(threads: number, before: number, after: number): PublishedPair {
	return {
		id: `E1 depth ${threads}`,
		preset: 'nvme-doorbell-depth',
		quantity: 'K requests/s',
		published: {before, after},
		ratio: after / before,
		band: quarter(after / before),
		change: {'host.ioeventfd': true},
		client: {threads},
		figure: thousandsPerSecond,
		duration: 100_000_000,
		fitted: true,
	};
}

/**
The published pairs that the model stands for; what it misses or cannot
stand for is in `unrepresented`.
*/
export const publishedPairs: readonly PublishedPair[] = [
	{
		id: 'A5',
		preset: 'page-flip-batching',
		quantity: 'doorbells a frame',
		published: {before: 3, after: 1},
		ratio: 1 / 3,
		band: [0.31, 0.36],
		settings: {'driver.lockPolicy': 'kick-after-unlock'},
		change: {'driver.lockPolicy': 'kick-batched'},
		figure: ({kicks, frames}) => kicks.perSecond / (frames?.compositor?.perSecond ?? Number.NaN),
		duration: 1_000_000_000,
		fitted: false,
	},
	{
		id: 'A7',
		preset: 'forty-four-notifies',
		quantity: 'doorbells a message',
		published: {before: 44, after: 1},
		ratio: 1 / 44,
		band: [0.02, 0.05],
		change: {'driver.lockPolicy': 'kick-batched'},
		figure: ({kicks}) => 44 * (kicks.perCommand ?? Number.NaN),
		duration: 300_000_000,
		fitted: false,
	},
	{
		id: 'B9',
		preset: 'bigger-ring-same-throughput',
		quantity: 'throughput',
		published: {before: null, after: null},
		ratio: 1,
		band: [0.97, 1.03],
		change: {'queue.size': 1024},
		figure: thousandsPerSecond,
		duration: 200_000_000,
		fitted: false,
	},
	{
		id: 'C1',
		preset: 'event-idx-birth',
		quantity: 's for 2^20 buffers',
		published: {before: 0.649, after: 0.169},
		ratio: 0.169 / 0.649,
		band: [1 / 6, 1 / 2],
		change: {'queue.eventIdx': true},
		figure: ({frames}) => ((frames?.virtio_test?.time.mean ?? Number.NaN) * 1024) / 1e6,
		duration: 500_000_000,
		fitted: true,
	},
	{
		id: 'C7',
		preset: 'packed-ring',
		quantity: 'throughput',
		published: {before: null, after: null},
		ratio: 1.02,
		band: [0.98, 1.06],
		change: {'queue.layout': 'packed'},
		figure: thousandsPerSecond,
		duration: 300_000_000,
		fitted: false,
	},
	{
		id: 'D1 120 Hz',
		preset: 'fence-poll-120hz',
		quantity: 'frames/s',
		published: {before: 60, after: 120},
		ratio: 2,
		band: [1.98, 2.02],
		change: {'device.fencePoll': 1_000_000},
		figure: framesPerSecond,
		duration: 2_000_000_000,
		fitted: false,
	},
	{
		id: 'D1 60 Hz',
		preset: 'fence-poll-120hz',
		quantity: 'frames/s',
		published: {before: 60, after: 60},
		ratio: 1,
		band: [0.98, 1.02],
		change: {'device.fencePoll': 1_000_000},
		client: {hz: 60},
		figure: framesPerSecond,
		duration: 2_000_000_000,
		fitted: false,
	},
	{
		id: 'D1 latency',
		preset: 'two-frames-to-the-glass',
		quantity: 'ms from submit to presentation',
		published: {before: 32.4, after: 15.8},
		ratio: 15.8 / 32.4,
		band: [(15.8 / 32.4) * 0.85, (15.8 / 32.4) * 1.15],
		change: {'device.fencePoll': 1_000_000},
		// A frame's time counts from its vblank; the published one from the submission, 0.93 ms
		// later: fitted on the figure before.
		figure: ({frames}) => (frames?.frame?.time.p50 ?? Number.NaN) / 1000 - 0.93,
		duration: 2_000_000_000,
		fitted: true,
	},
	{
		id: 'D2',
		preset: 'venus-fence-callback',
		quantity: 'ms a frame',
		published: {before: 62, after: 0.33},
		ratio: 0.33 / 62,
		band: [0, 0.01],
		change: {'device.fence': 'async'},
		figure: metrics => (5 * microseconds(metrics)) / 1000,
		duration: 500_000_000,
		fitted: true,
	},
	depth(1, 35, 41),
	depth(4, 121, 133),
	depth(64, 153, 313),
	{
		id: 'F1',
		preset: 'halt-polling',
		quantity: 'us a round trip',
		published: {before: 34, after: 27},
		ratio: 27 / 34,
		band: [(27 / 34) * 0.85, (27 / 34) * 1.15],
		change: {'host.haltPoll': 200_000},
		figure: microseconds,
		duration: 200_000_000,
		fitted: true,
	},
];
