import {distributionRows} from '../distribution-rows.js';
import {holderPhases, waiterRoles} from '../metric-names.js';
import {type Rows} from '../metric-row.js';
import {cell, milliseconds, per, perSecond, plus, share} from '../source.js';
import {type VerdictName} from '../verdict-names.js';

/** Verdicts that accuse time spent spinning; it is bad from 1 % of a CPU on. */
const spinning: readonly VerdictName[] = ['worker-spin', 'submitter-spin', 'spin-starves-host'];

/** Cells of `lock.matrix`: holder phase times waiter role. */
export const matrixCells = holderPhases.length * waiterRoles.length;

const worker = per(milliseconds, 'spinWorker');
const submitter = per(milliseconds, 'spinSubmitter');

/** The lock of a queue. */
export const lockRows = {
	'lock.acquisitions': {
		label: 'qlock acquired',
		short: 'acq',
		unit: 'per second',
		words: "Returns of spin_lock on the queue's lock.",
		from: per(perSecond, 'acquisitions'),
	},
	'lock.contended': {
		label: 'qlock contended',
		short: 'cont',
		unit: 'per second',
		words: 'Acquisitions whose first try failed.',
		from: per(perSecond, 'contended'),
	},
	'lock.spin.worker': {
		label: 'Worker spin',
		short: 'wspin',
		unit: 'ms per second',
		words: 'Spinning of the dequeue worker, time preempted included, PV halts excluded.',
		direction: 'lower',
		from: worker,
		chart: {
			rank: 6,
			title: 'Spin',
			words: 'Milliseconds a second in which the dequeue worker, and the submitters, spin on the lock.',
			anchor: 'zero',
			name: 'worker',
			beside: [{path: 'lock.spin.submitter', name: 'submitter'}],
			blamedBy: {verdicts: spinning, paths: ['lock.spin.worker', 'lock.spin.submitter'], from: 10},
		},
	},
	'lock.spin.submitter': {
		label: 'Submitter spin',
		short: 'sspin',
		unit: 'ms per second',
		words: 'Spinning of the submitters, time preempted included, PV halts excluded.',
		direction: 'lower',
		from: submitter,
	},
	'lock.spin.total': {
		label: 'Spin',
		short: 'spin',
		unit: 'ms per second',
		words: 'Spinning of worker and submitters.',
		direction: 'lower',
		from: plus<'spinWorker' | 'spinSubmitter'>(worker, submitter),
	},
	'lock.halted': {
		label: 'PV halts',
		short: 'halt',
		unit: 'ms per second',
		words: 'Time that waiters for the lock spent halted (pv-qspinlock).',
		from: per(milliseconds, 'halted'),
	},
	'lock.contentionShare': {
		label: 'Contention',
		short: 'cont',
		unit: 'share of time',
		words: 'Time in which at least one CPU spins on the lock.',
		direction: 'lower',
		from: share('contention'),
		chart: {
			rank: 2,
			title: 'Contention',
			words: 'Share of time in which at least one CPU spins on the lock of the control queue.',
			anchor: 'share',
			room: ' a CPU spins',
			blamedBy: {verdicts: spinning, paths: ['lock.contentionShare'], from: 0.01},
		},
	},
	'lock.waits.workerOnNotify': {
		label: 'Worker waits on notify',
		short: 'w-ntf',
		unit: 'per second',
		words: 'The worker found the lock held by a CPU between start and return of its doorbell write.',
		from: per(perSecond, 'workerOnNotify'),
	},
	'lock.waits.workerOther': {
		label: 'Worker waits, other',
		short: 'w-oth',
		unit: 'per second',
		words: 'The worker found the lock held for another reason.',
		from: per(perSecond, 'workerOther'),
	},
	'lock.waits.submitterOnNotify': {
		label: 'Submitter waits on notify',
		short: 's-ntf',
		unit: 'per second',
		words: 'A submitter found the lock held by a CPU between start and return of its doorbell write.',
		from: per(perSecond, 'submitterOnNotify'),
	},
	'lock.waits.submitterOther': {
		label: 'Submitter waits, other',
		short: 's-oth',
		unit: 'per second',
		words: 'A submitter found the lock held for another reason.',
		from: per(perSecond, 'submitterOther'),
	},
	'lock.matrix.<holder>.<waiter>.count': {
		label: 'Waits by holder and waiter',
		short: 'matrix',
		unit: 'per second',
		words: 'Contended acquisitions by holder (submit, notify, doorbell, forced, worker) and waiter.',
		from: per(perSecond, cell('matrixCount', matrixCells, 'member')),
	},
	'lock.matrix.<holder>.<waiter>.spin': {
		label: 'Spin by holder and waiter',
		short: 'matrix',
		unit: 'ms per second',
		words: 'Spinning by what the holder was in at the first failed try and by who waits.',
		from: per(milliseconds, cell('matrixSpin', matrixCells, 'member')),
	},
	...distributionRows('lock.hold', 'hold', {
		label: 'qlock hold',
		short: 'hold',
		words: 'How long an acquisition held the lock, all acquisitions.',
	}),
	...distributionRows('lock.wait', 'wait', {
		label: 'qlock wait',
		short: 'wait',
		words: 'How long a contended acquisition waited.',
		direction: 'lower',
	}),
} as const satisfies Rows;
