import {type Lesson} from './lesson.js';

/** A spin that starves the one it waits for, and a fairer lock that makes it worse. */
export const oneCpu: Lesson = {
	id: 'one-cpu',
	title: 'Spinning on one CPU',
	preset: 'spin-on-one-cpu',
	steps: [
		{
			view: 'overview',
			panel: 'Contention',
			text:
				'A whole VM on one host CPU does {throughput.completed}; its worker spins {lock.spin.worker}. 3 ' +
				'opens the timeline: who runs, who waits.',
			tries: ['3'],
			done: [{view: 'timeline'}],
		},
		{
			view: 'timeline',
			panel: 'Timeline',
			text: 'Every ╳ is the worker, spinning on the only CPU. n goes to the next wait for the lock.',
			tries: ['n'],
			done: [{command: 'timeline.next'}],
		},
		{
			panel: 'Who is to blame',
			text:
				'Read it from victim to culprit: the worker spins on a lock whose holder has no CPU, because the ' +
				'worker has it. 1 goes back to the overview.',
			tries: ['1'],
			done: [{view: 'overview'}],
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'driver.spinlock',
			text:
				'First a guess: a fair lock, where waiters queue up. The cursor is on spinlock, now ' +
				'{driver.spinlock}: ← goes to qspinlock. It needs a new run.',
			tries: ['left'],
			done: [{setting: 'driver.spinlock', is: 'qspinlock'}],
			wrong: [
				{
					if: {setting: 'host.cpus', atLeast: 2},
					say: 'A second CPU does help, and costs one. Look for what costs nothing: u takes it back.',
				},
			],
		},
		{
			panel: 'Throughput',
			text:
				'{was throughput.completed} before, {throughput.completed} now: in a queue the CPU must come ' +
				'round to the very waiter whose turn it is. u takes it back.',
			tries: ['u'],
			done: [{setting: 'driver.spinlock', is: 'test-and-set'}],
		},
		{
			view: 'overview',
			panel: 'Parameters',
			parameter: 'driver.lockPolicy',
			text:
				'Nobody may ring with the lock held: the exit gives the CPU away. The cursor is on lock policy: ' +
				'→ rings after the unlock.',
			tries: ['right'],
			done: [{setting: 'driver.lockPolicy', is: 'kick-after-unlock'}],
			wrong: [
				{
					if: {setting: 'driver.lockPolicy', is: 'kick-batched'},
					say: 'That batches doorbells as well: ← goes back to kick-after-unlock.',
				},
			],
			set: {'driver.lockPolicy': 'kick-after-unlock'},
		},
		{
			panel: 'Throughput',
			text:
				'{was throughput.completed} before, {throughput.completed} now; the worker spins ' +
				'{lock.spin.worker}. A measured guest of this kind went from 9.94k to 46.7k.',
		},
	],
	end: 'Spinning is cheap while the holder runs. On a busy host it takes the CPU from the one who could end it.',
	claims: [
		{
			says: 'the worker spins on the only CPU',
			about: 'result',
			expect: {metric: 'lock.spin.worker', op: '>=', value: 400, for: 120e6},
		},
		{
			says: 'a fair lock makes it worse',
			about: 'wrong key',
			expect: {
				metric: 'throughput.completed',
				op: '<=',
				value: 0.5,
				against: {'driver.spinlock': 'qspinlock'},
				for: 120e6,
			},
		},
		{
			says: 'after the unlock it does several times as much',
			about: 'result',
			expect: {
				metric: 'throughput.completed',
				op: '>=',
				value: 2.5,
				against: {'driver.lockPolicy': 'kick-after-unlock'},
				for: 120e6,
			},
		},
		{
			says: 'and hardly spins',
			about: 'result',
			expect: {
				metric: 'lock.spin.worker',
				op: '<=',
				value: 0.25,
				against: {'driver.lockPolicy': 'kick-after-unlock'},
				for: 120e6,
			},
		},
	],
};
