import {type Rows} from '../metric-row.js';
import {rate, ratio} from '../source.js';

/** Doorbells and interrupts. */
export const signalRows = {
	'kicks.perSecond': {
		label: 'Doorbells',
		short: 'kicks',
		unit: 'per second',
		words: 'Doorbell writes, forced ones included.',
		from: rate('kicks'),
	},
	'kicks.perCommand': {
		label: 'Doorbells per command',
		short: 'kick/cmd',
		unit: 'per command',
		words: 'Doorbell writes per submitted command.',
		direction: 'lower',
		from: ratio('kicks', 'submitted'),
	},
	'kicks.suppressed': {
		label: 'Kicks suppressed',
		short: 'suppr',
		unit: 'per second',
		words: 'Calls of virtqueue_kick_prepare with something added that said no.',
		from: rate('suppressed'),
	},
	'kicks.forced': {
		label: 'Forced doorbells',
		short: 'forced',
		unit: 'per second',
		words: 'Doorbells rung inside virtqueue_add because the ring lacked room, with the lock held.',
		from: rate('forced'),
	},
	'irqs.perSecond': {
		label: 'IRQ rate',
		short: 'irq',
		unit: 'per second',
		words: "Entries of the guest's handler.",
		from: rate('irqs'),
		chart: {
			rank: 3,
			title: 'IRQ rate',
			words: "Entries of the guest's interrupt handler a second.",
			anchor: 'zero',
		},
	},
	'irqs.perCommand': {
		label: 'IRQs per command',
		short: 'irq/cmd',
		unit: 'per command',
		words: "Entries of the guest's handler per completed command.",
		direction: 'lower',
		from: ratio('irqs', 'completed'),
	},
	'irqs.spurious': {
		label: 'Spurious IRQs',
		short: 'spur',
		unit: 'per second',
		words: 'Entries that found nothing used.',
		from: rate('spurious'),
	},
	'irqs.sent': {
		label: 'MSIs sent',
		short: 'msi',
		unit: 'per second',
		words: 'MSIs that the host stored; several may merge into one entry.',
		from: rate('msis'),
	},
} as const satisfies Rows;
