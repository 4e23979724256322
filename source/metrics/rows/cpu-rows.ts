import {vcpuState, vcpuStateNames} from '../../tracepoints/tracepoints.js';
import {type Rows} from '../metric-row.js';
import {cell, type Counter, share, type Source} from '../source.js';

const state = (name: keyof typeof vcpuState): Counter<'states'> =>
	cell('states', vcpuStateNames.length, vcpuState[name]);

/** Of all vCPUs, the time in which their threads are on a CPU. */
const onCpu: Source<number, 'states'> = {
	counters: [state('guest')],
	value(reading) {
		const {vcpus, duration} = reading;
		let sum = 0;
		for (let vcpu = 0; vcpu < vcpus; vcpu++) {
			for (const name of ['guest', 'spin', 'exit', 'poll'] as const) {
				sum += duration === 0 ? 0 : reading.grown('states', vcpuState[name], vcpu) / duration;
			}
		}

		return sum;
	},
};

/** What the vCPUs do, and who serves the device. */
export const cpuRows = {
	'cpu.vcpus[i].guest': {
		label: 'vCPU guest',
		short: 'guest',
		unit: 'share of time',
		words: 'On a host CPU in guest code that does not spin.',
		from: share(state('guest')),
	},
	'cpu.vcpus[i].spin': {
		label: 'vCPU spin',
		short: 'spin',
		unit: 'share of time',
		words: 'On a host CPU and spinning on a lock.',
		from: share(state('spin')),
	},
	'cpu.vcpus[i].exit': {
		label: 'vCPU exit',
		short: 'exit',
		unit: 'share of time',
		words: 'On a host CPU in KVM or QEMU.',
		from: share(state('exit')),
	},
	'cpu.vcpus[i].poll': {
		label: 'vCPU poll',
		short: 'poll',
		unit: 'share of time',
		words: 'Halted, and on a host CPU that polls for an interrupt (halt polling).',
		from: share(state('poll')),
	},
	'cpu.vcpus[i].blocked': {
		label: 'vCPU blocked',
		short: 'block',
		unit: 'share of time',
		words: 'Asleep on the BQL or an eventfd.',
		from: share(state('blocked')),
	},
	'cpu.vcpus[i].idle': {
		label: 'vCPU idle',
		short: 'idle',
		unit: 'share of time',
		words: 'Asleep in HLT. From the moment of its wake-up it is stolen until it gets a host CPU.',
		from: share(state('idle')),
	},
	'cpu.vcpus[i].stolen': {
		label: 'vCPU stolen',
		short: 'stolen',
		unit: 'share of time',
		words: 'Runnable, on no host CPU, whatever it was doing before. The seven shares of a vCPU sum to 1.',
		direction: 'lower',
		from: share(state('stolen')),
	},
	'cpu.vcpusBusy': {
		label: 'vCPUs busy',
		short: 'vbusy',
		unit: 'CPUs',
		words: 'Sum of guest, spin, exit and poll over the vCPUs: the on-CPU time of their threads.',
		direction: 'lower at equal throughput',
		from: onCpu,
	},
	'cpu.mainLoop': {
		label: 'Main loop busy',
		short: 'loop',
		unit: 'share of time',
		words:
			"Who serves the device on a host CPU: QEMU's main loop, or the thread of another backend; 0 when it is " +
			'hardware.',
		direction: 'lower at equal throughput',
		from: share('mainLoop'),
	},
} as const satisfies Rows;
