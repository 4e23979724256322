import {bqlHolder, exitKind} from '../../tracepoints/tracepoints.js';
import {type Rows} from '../metric-row.js';
import {cell, type Counter, milliseconds, per, rate, ratio, share, where} from '../source.js';

/** Cells as in `exitKind` and `bqlHolder`. */
const exit = (kind: keyof typeof exitKind): Counter<'exits'> =>
	cell('exits', Object.keys(exitKind).length, exitKind[kind]);
const held = (holder: keyof typeof bqlHolder): Counter<'bqlHeld'> =>
	cell('bqlHeld', Object.keys(bqlHolder).length, bqlHolder[holder]);
const exits = [exit('user'), exit('kernel'), exit('halt'), exit('pause')];

/** VM exits and the BQL. Null where the machine has none. */
export const hostRows = {
	'exits.perSecond': {
		label: 'VM exits',
		short: 'exits',
		unit: 'per second',
		words: 'VM exits of all kinds; null under tcg, which has none.',
		direction: 'lower',
		from: where('exits', rate(...exits)),
	},
	'exits.perCommand': {
		label: 'VM exits per command',
		short: 'exit/cmd',
		unit: 'per command',
		words: 'VM exits per completed command; null under tcg.',
		direction: 'lower',
		from: where('exits', ratio<'exits' | 'completed'>(exits, 'completed')),
	},
	'exits.user': {
		label: 'Exits to QEMU',
		short: 'user',
		unit: 'per second',
		words: 'VM exits that went to user space; null under tcg.',
		direction: 'lower',
		from: where('exits', rate(exit('user'))),
	},
	'exits.kernel': {
		label: 'Exits in KVM',
		short: 'kernel',
		unit: 'per second',
		words: 'VM exits that KVM handled itself; null under tcg.',
		direction: 'lower',
		from: where('exits', rate(exit('kernel'))),
	},
	'exits.halt': {
		label: 'Halts',
		short: 'halt',
		unit: 'per second',
		words: 'VM exits by HLT, of idle vCPUs and PV waiters; null under tcg.',
		direction: 'lower',
		from: where('exits', rate(exit('halt'))),
	},
	'exits.pause': {
		label: 'PAUSE exits',
		short: 'pause',
		unit: 'per second',
		words: 'VM exits by pause-loop exiting (host.ple); null under tcg.',
		direction: 'lower',
		from: where('exits', rate(exit('pause'))),
	},
	'bql.waitPerSecond': {
		label: 'BQL wait',
		short: 'bql',
		unit: 'ms per second',
		words:
			'From a failed lock of the BQL to its acquisition, all threads; null with a VMM that has none (crosvm, ' +
			'libkrun).',
		direction: 'lower',
		from: where('bql', per(milliseconds, 'bqlWait')),
	},
	'bql.holdShare': {
		label: 'BQL held',
		short: 'bqlh',
		unit: 'share of time',
		words: 'Time in which somebody owns the BQL; null with a VMM that has none.',
		from: where('bql', share(held('mainLoop'), held('vcpu'), held('other'))),
	},
	'bql.byHolder.mainLoop': {
		label: 'BQL held by the main loop',
		short: 'bqlh ml',
		unit: 'share of time',
		words: 'Time in which the main loop owns the BQL; null with a VMM that has none.',
		from: where('bql', share(held('mainLoop'))),
	},
	'bql.byHolder.vcpus': {
		label: 'BQL held by vCPUs',
		short: 'bqlh v',
		unit: 'share of time',
		words: 'Time in which a vCPU thread owns the BQL; null with a VMM that has none.',
		from: where('bql', share(held('vcpu'))),
	},
	'bql.byHolder.other': {
		label: 'BQL held by others',
		short: 'bqlh o',
		unit: 'share of time',
		words: 'Time in which other users own the BQL (host.bql.rate); null with a VMM that has none.',
		from: where('bql', share(held('other'))),
	},
} as const satisfies Rows;
