import {type Lesson} from './lesson.js';

/** A frame that is done in time and seen too late. */
export const stuckAt60: Lesson = {
	id: 'stuck-at-60',
	title: 'Stuck at 60 Hz',
	preset: 'fence-poll-120hz',
	steps: [
		{
			view: 'overview',
			panel: 'Throughput',
			text:
				'A display of 120 Hz shows {frames.compositor.perSecond} frames and misses ' +
				'{frames.compositor.missed}. The GPU needs 0.3 ms a frame. 4 shows where the time goes.',
			tries: ['4'],
			done: [{view: 'latency'}],
			wrong: [
				{
					if: {setting: 'queue.size', atLeast: 128},
					say: 'The ring is nearly empty: still {frames.compositor.perSecond} frames. u takes it back.',
				},
			],
		},
		{
			view: 'latency',
			panel: 'Mean of all',
			text:
				'A frame is due after 8.33 ms and takes {latency.p50}. {latency.stages.fence.mean} of it is the ' +
				'stage fence: it is done, and nobody has looked yet.',
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'device.gpuTime',
			text:
				'First the guess that costs money: a faster GPU. The cursor is on its time, {device.gpuTime}: ← ' +
				'makes it shorter.',
			tries: ['left'],
			done: [{setting: 'device.gpuTime', atMost: 200_000}],
		},
		{
			panel: 'Throughput',
			text:
				'Still {frames.compositor.perSecond} of 120: what was done earlier waits longer. Frames are ' +
				'found by a poll every {device.fencePoll}.',
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'device.fencePoll',
			text:
				'QEMU looks for fences that are done by a timer. The cursor is on fence poll: ← makes it shorter ' +
				'than a refresh.',
			tries: ['left'],
			done: [{setting: 'device.fencePoll', atMost: 5_000_000}],
			wrong: [
				{
					if: {setting: 'device.fencePoll', atLeast: 20_000_000},
					say: 'That polls less often: ← is the other way.',
				},
			],
			set: {'device.fencePoll': 5_000_000},
		},
		{
			panel: 'Throughput',
			text:
				'{frames.compositor.perSecond} frames, {frames.compositor.missed} missed. A frame takes ' +
				'{latency.p50}, which is less than 8.33 ms.',
		},
	],
	end: 'Half of the rate means one refresh too late: look for a period in the path, not for a slow part.',
	claims: [
		{
			says: '60 of 120 frames: not more',
			about: 'result',
			expect: {metric: 'frames.compositor.perSecond', op: '<=', value: 61, for: 500e6},
		},
		{
			says: '60 of 120 frames: not less',
			about: 'result',
			expect: {metric: 'frames.compositor.perSecond', op: '>=', value: 59, for: 500e6},
		},
		{
			says: 'nearly all of it is the stage fence',
			about: 'result',
			expect: {metric: 'latency.stages.fence.share', op: '>=', value: 0.9, for: 500e6},
		},
		{
			says: 'a faster GPU changes nothing',
			about: 'wrong key',
			expect: {
				metric: 'frames.compositor.perSecond',
				op: '<=',
				value: 1.01,
				against: {'device.gpuTime': '150us'},
				for: 500e6,
			},
		},
		{
			says: 'a larger ring changes nothing',
			about: 'wrong key',
			expect: {
				metric: 'frames.compositor.perSecond',
				op: '<=',
				value: 1.01,
				against: {'queue.size': 1024},
				for: 500e6,
			},
		},
		{
			says: 'a poll of 5 ms shows every frame',
			about: 'result',
			expect: {
				metric: 'frames.compositor.perSecond',
				op: '>=',
				value: 1.95,
				against: {'device.fencePoll': 5_000_000},
				for: 500e6,
			},
		},
		{
			says: 'and misses none',
			about: 'result',
			given: {'device.fencePoll': 5_000_000},
			expect: {metric: 'frames.compositor.missed', op: '==', value: 0, for: 500e6},
		},
	],
};
