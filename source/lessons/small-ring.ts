import {type Lesson} from './lesson.js';

/** The reverse of the first lesson: here the ring is too small, up to a size. */
export const smallRing: Lesson = {
	id: 'small-ring',
	title: 'A ring that is too small',
	preset: 'ring-too-small',
	steps: [
		{
			view: 'overview',
			panel: 'num_free',
			text:
				'Bursts of 96 transfers, two slots each, into a ring of {queue.size}. num_free reaches ' +
				'{ring.numFree.min}: the uploader sleeps {ring.fullWaits} on a full ring.',
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'queue.size',
			text:
				'A burst needs 192 slots. Four times → makes the ring 256; on the way there watch num_free. Now: ' +
				'{queue.size}, {ring.fullWaits} sleeps, {throughput.completed}.',
			tries: ['right', 'right', 'right', 'right'],
			done: [{setting: 'queue.size', atLeast: 256}],
			wrong: [
				{
					if: {setting: 'driver.lockPolicy', is: 'kick-after-unlock'},
					say: 'The answer of lesson 1. Here {ring.fullWaits} sleeps on a full ring stay: u takes it back.',
				},
				{if: {setting: 'queue.size', atMost: 8}, say: 'That made the ring smaller: → makes it larger.'},
			],
			set: {'queue.size': 256},
		},
		{
			panel: 'Throughput',
			text:
				'Sleeps {was ring.fullWaits}, now {ring.fullWaits}; commands {was throughput.completed}, now ' +
				'{throughput.completed}. The burst fits, so the ring is never full.',
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'queue.size',
			text: 'So twice as much again? Once more → makes it 512.',
			tries: ['right'],
			done: [{setting: 'queue.size', atLeast: 512}],
			set: {'queue.size': 512},
		},
		{
			panel: 'Throughput',
			text:
				'Commands {was throughput.completed}, now {throughput.completed}: a ring that is never full is ' +
				'large enough. {ring.numFree.min} slots are for nothing.',
		},
	],
	end: 'num_free tells the two apart: a ring that reaches 0 is too small, one that does not has no say.',
	claims: [
		{
			says: 'the uploader sleeps on a full ring',
			about: 'result',
			expect: {metric: 'ring.fullWaits', op: '>=', value: 5000},
		},
		{says: 'num_free reaches 0', about: 'result', expect: {metric: 'ring.numFree.min', op: '==', value: 0}},
		{
			says: 'with 256 it never sleeps',
			about: 'result',
			expect: {metric: 'ring.fullWaits', op: '==', value: 0, against: {'queue.size': 256}},
		},
		{
			says: 'and does more',
			about: 'result',
			expect: {metric: 'throughput.completed', op: '>=', value: 1.4, against: {'queue.size': 256}},
		},
		{
			says: '512 is not faster than 256',
			about: 'wrong key',
			given: {'queue.size': 256},
			expect: {metric: 'throughput.completed', op: '<=', value: 1.01, against: {'queue.size': 512}},
		},
		{
			says: 'the answer of lesson 1 leaves the sleeps',
			about: 'wrong key',
			expect: {
				metric: 'ring.fullWaits',
				op: '>=',
				value: 0.9,
				against: {'driver.lockPolicy': 'kick-after-unlock'},
			},
		},
	],
};
