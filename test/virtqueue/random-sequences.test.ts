import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createVirtqueue} from '../../source/virtqueue/create-virtqueue.js';
import {conversation, runLiveness} from './liveness.js';
import {sequence} from './operations.js';
import {runStructure} from './structure.js';

const timeout = 60_000;

test(
	'2500 random legal sequences keep the invariants of the ring',
	() => {
		let sequences = 0;
		fc.assert(
			fc.property(sequence, value => {
				sequences += 1;
				runStructure(createVirtqueue, value);
			}),
			{numRuns: 2500},
		);
		expect(sequences).toBe(2500);
	},
	timeout,
);

test(
	'1500 random conversations lose no wake-up',
	() => {
		let conversations = 0;
		fc.assert(
			fc.property(conversation, value => {
				conversations += 1;
				runLiveness(createVirtqueue, value);
			}),
			{numRuns: 1500},
		);
		expect(conversations).toBe(1500);
	},
	timeout,
);
