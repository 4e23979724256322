import {type Lesson} from './lesson.js';

/** The report of July 2019: a guess that changes nothing, and the change that Linux 5.5 made. */
export const answerGerd: Lesson = {
	id: 'answer-gerd',
	title: 'Answer Gerd',
	preset: 'seed-2019-kick-under-lock',
	steps: [
		{
			view: 'overview',
			panel: 'Contention',
			text:
				'July 2019: a game stalls on ctrlq.qlock. Its dequeue worker spins {lock.spin.worker}. Read ' +
				'Contention: the share of time in which a CPU spins.',
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'queue.size',
			text:
				'Gerd asked: "Maybe we should have larger virtqueues?" Try it. The cursor is on queue size, now ' +
				'{queue.size}: four times → makes it 1,024.',
			tries: ['right', 'right', 'right', 'right'],
			done: [{setting: 'queue.size', atLeast: 1024}],
			wrong: [
				{
					if: {setting: 'driver.lockPolicy', is: 'kick-after-unlock'},
					say: 'That is the answer, but first the question: u takes it back, then make the ring larger.',
				},
				{if: {setting: 'queue.size', atMost: 32}, say: 'That made the ring smaller: → makes it larger.'},
			],
			set: {'queue.size': 1024},
		},
		{
			panel: 'num_free',
			text:
				'Spin {was lock.spin.worker}, now {lock.spin.worker}: nothing gained. num_free never fell below ' +
				'{ring.numFree.min} of {queue.size}: the ring was never full, and nobody waited for a slot.',
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'driver.lockPolicy',
			text:
				'The submitter rings the doorbell with the lock held, and the worker meets it there. The cursor ' +
				'is on lock policy: → rings after the unlock, as Linux 5.5 does.',
			tries: ['right'],
			done: [{setting: 'driver.lockPolicy', is: 'kick-after-unlock'}],
			wrong: [
				{
					if: {setting: 'driver.lockPolicy', is: 'kick-batched'},
					say: 'That batches doorbells as well, as Linux 5.7 does: ← goes back to kick-after-unlock.',
				},
				{
					if: {setting: 'queue.size', atLeast: 2048},
					say:
						'A larger ring once more: {ring.numFree.min} slots are free anyway. The cursor goes to ' +
						'lock policy.',
				},
			],
			set: {'driver.lockPolicy': 'kick-after-unlock'},
		},
		{
			panel: 'Contention',
			text:
				'Spin {was lock.spin.worker}, now {lock.spin.worker}. Throughput is the same ' +
				'({throughput.completed}): one game, one command after the other. The CPU is free for others.',
		},
		{
			text: 'See where the doorbell went: 3 opens the timeline.',
			tries: ['3'],
			done: [{view: 'timeline'}],
		},
	],
	end: 'The owner of qlock lets go before the doorbell begins: nobody waits for it. That is the answer to Gerd.',
	claims: [
		{
			says: 'The dequeue worker spins',
			about: 'result',
			expect: {metric: 'lock.spin.worker', op: '>=', value: 60},
		},
		{
			says: 'a larger ring leaves the spin as it is',
			about: 'wrong key',
			expect: {metric: 'lock.spin.worker', op: '>=', value: 0.98, against: {'queue.size': 1024}},
		},
		{
			says: 'and the throughput',
			about: 'wrong key',
			expect: {metric: 'throughput.completed', op: '<=', value: 1.01, against: {'queue.size': 1024}},
		},
		{
			says: 'the ring was never full',
			about: 'result',
			expect: {metric: 'ring.numFree.min', op: '>=', value: 32},
		},
		{
			says: 'after the unlock nobody spins',
			about: 'result',
			given: {'queue.size': 1024},
			expect: {
				metric: 'lock.spin.worker',
				op: '<=',
				value: 0.01,
				against: {'driver.lockPolicy': 'kick-after-unlock'},
			},
		},
		{
			says: 'throughput is the same: not lower',
			about: 'result',
			given: {'queue.size': 1024},
			expect: {
				metric: 'throughput.completed',
				op: '>=',
				value: 0.98,
				against: {'driver.lockPolicy': 'kick-after-unlock'},
				for: 40e6,
			},
		},
		{
			says: 'throughput is the same: not higher',
			about: 'result',
			given: {'queue.size': 1024},
			expect: {
				metric: 'throughput.completed',
				op: '<=',
				value: 1.02,
				against: {'driver.lockPolicy': 'kick-after-unlock'},
				for: 40e6,
			},
		},
	],
};
