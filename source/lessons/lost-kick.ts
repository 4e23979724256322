import {type Lesson} from './lesson.js';

/** Everybody sleeps: the ring says why nobody wakes. */
export const lostKick: Lesson = {
	id: 'lost-kick',
	title: 'One lost doorbell',
	preset: 'lost-kick',
	steps: [
		{
			view: 'overview',
			panel: 'Throughput',
			text:
				'A desktop sends 5,000 commands a second, and all is well. Let it run: something happens at 0.3 ' +
				's. + makes it faster.',
			done: [{stalled: true}],
		},
		{
			text:
				'All stands still: 0 of {queue.size} slots are free, host and guest are asleep. Is the ring too ' +
				'small? 2 shows its slots.',
			tries: ['2'],
			done: [{view: 'ring'}],
			wrong: [
				{
					if: {setting: 'queue.size', atLeast: 128},
					say:
						'The device was reset, and that wakes everybody; but a larger ring only fills later. u ' +
						'takes it back.',
				},
			],
		},
		{
			view: 'ring',
			panel: 'control queue',
			text:
				'P = U = K: the host saw nothing of what is ░ visible. A has passed K (avail_event), and each ' +
				'add asks: did I pass K just now? No. So nobody rings.',
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'queue.eventIdx',
			anew: true,
			text:
				'Here it is again at t = 0, before the fault. The cursor is on event idx: → turns it off, space ' +
				'lets it run past 0.3 s.',
			tries: ['right', 'space'],
			done: [{setting: 'queue.eventIdx', is: false}, {after: 360_000_000}, {stalled: false}],
			wrong: [
				{
					if: {stalled: true},
					say: 'It stalled again. Here it is once more at t = 0: first → on event idx, then space.',
				},
				{
					if: {setting: 'queue.size', atLeast: 128},
					say:
						'A larger ring stalls all the same, a little later. u takes it back; event idx is one ' +
						'row away.',
				},
			],
			set: {'queue.eventIdx': false},
		},
		{
			panel: 'num_free',
			text:
				'One doorbell was lost here too, and nobody noticed: the host asked for each by a flag, so the ' +
				'next add rang again. {ring.numFree.min} or more slots are free.',
		},
	],
	end: 'A full ring that nobody empties is no small ring. Look who sleeps, and which index the other side waits for.',
	claims: [
		{
			says: 'all stands still: the ring is full',
			about: 'result',
			expect: {metric: 'ring.numFree.min', op: '==', value: 0, for: 330e6},
		},
		{
			says: 'a larger ring stalls all the same: it fills too',
			about: 'wrong key',
			given: {'queue.size': 128},
			expect: {metric: 'ring.numFree.min', op: '==', value: 0, for: 330e6},
		},
		{
			says: 'without event idx the ring has free slots',
			about: 'result',
			given: {'queue.eventIdx': false},
			expect: {metric: 'ring.numFree.min', op: '>=', value: 32, for: 330e6},
		},
		{
			says: 'and the desktop gets all that it sends',
			about: 'result',
			given: {'queue.eventIdx': false},
			expect: {metric: 'throughput.completed', op: '>=', value: 4500, for: 330e6},
		},
	],
};
