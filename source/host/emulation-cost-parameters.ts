import {microsecond, type Parameter} from '../parameters/parameter.js';
import {spreads} from '../parameters/spread.js';
import {cost} from './host-cost.js';

/**
Times of what QEMU emulates where there is no KVM (host.accel=tcg), all drawn anew at each use.
*/
export const emulationCostParameters = [
	cost({
		name: 'timer',
		label: 'APIC timer',
		value: 2 * microsecond,
		per: 'a tick of a vCPU',
		spread: spreads.hostCode,
		provenance: {
			kind: 'assumed',
			source: 'apic_timer in qemu_clock_run_timers; its time by itself was not measured',
		},
		words:
			"How long the main loop runs the callback of a vCPU's local APIC timer, under the BQL. Used with " +
			'host.accel=tcg only: KVM keeps these timers in the kernel.',
		metrics: ['bql.byHolder.mainLoop', 'cpu.mainLoop'],
	}),
	cost({
		name: 'pauseBql',
		label: 'PAUSE under BQL',
		value: 100,
		per: 'a PAUSE',
		spread: spreads.guestCode,
		provenance: {
			kind: 'assumed',
			source:
				'measured under TCG: a PAUSE takes 135 to 186 ns against 28 native; how much of it is under the BQL ' +
				'is not known',
		},
		words: 'How long a PAUSE of a spinning vCPU holds the BQL. Used with host.accel=tcg only.',
		metrics: ['bql.waitPerSecond', 'bql.byHolder.vcpus'],
	}),
	cost({
		name: 'apicBql',
		label: 'APIC under BQL',
		value: 500,
		per: 'an access',
		spread: spreads.guestCode,
		provenance: {
			kind: 'assumed',
			source: 'leaving HLT, taking an interrupt and EOI take the BQL under TCG; no figure',
		},
		words: 'How long taking or ending an interrupt holds the BQL. Used with host.accel=tcg only.',
		metrics: ['bql.waitPerSecond', 'latency.stages.irqDelay.mean'],
	}),
	cost({
		name: 'apicGap',
		label: 'APIC gap',
		value: microsecond,
		per: 'a gap',
		spread: spreads.guestCode,
		provenance: {kind: 'assumed', source: 'a way round cpu_exec between two acquisitions; no figure'},
		words:
			'Time of a vCPU between two takings of the BQL on its way out of HLT or into a handler, in which others ' +
			'can take it. Used with host.accel=tcg only.',
		metrics: ['latency.stages.irqDelay.mean'],
	}),
] as const satisfies readonly Parameter[];
