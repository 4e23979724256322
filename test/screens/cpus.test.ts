import {expect, test} from 'vitest';
import {type Block} from '../../source/charts/block.js';
import {type Role} from '../../source/charts/role.js';
import {cpusPanel, relevantVcpus} from '../../source/views/overview/cpus.js';
import {queuesPanel} from '../../source/views/overview/queues.js';
import {spinRole, spinShareRole} from '../../source/views/severity.js';
import {stagesPanel} from '../../source/views/overview/stages.js';
import {AxisMemory} from '../../source/charts/axis-memory.js';
import {chartPanel} from '../../source/views/overview/charts.js';
import {charts} from '../../source/metrics/metric-table.js';
import {type VcpuReading} from '../../source/session/snapshot.js';
import {canonical} from './canonical.js';

function vcpu(guest: number, spin = 0): VcpuReading {
	return {
		guest,
		spin,
		exit: 0,
		blocked: 0,
		idle: 1 - guest - spin,
		stolen: 0,
	};
}

const eight = [vcpu(0.01), vcpu(0.3), vcpu(0.9), vcpu(0), vcpu(0.1, 0.2), vcpu(0.05), vcpu(0.4, 0.05), vcpu(0)];

const alone = {isAlone: false, hint: ''};

test('where all vCPUs have room all are shown, spinning ones first, then busy ones', () => {
	expect(relevantVcpus(eight, 8, 3)).toEqual([4, 6, 2, 1, 0, 3, 5, 7]);
});

test.each([
	[2, 3, [4, 3]],
	[3, 3, [4, 6, 3]],
	[4, 3, [4, 6, 2, 3]],
	[2, 4, [4, 6]],
	[1, 3, [4]],
	[0, 3, []],
])('with room for %i and the IRQ on vCPU %i: %j', (room, irqVcpu, shown) => {
	expect(relevantVcpus(eight, room, irqVcpu)).toEqual(shown);
});

test('the panel says which vCPUs of how many, and which takes the interrupts', () => {
	const {lines} = cpusPanel({...canonical, irqVcpu: 3, readings: {...canonical.readings, vcpus: eight}}, 57, 6);
	expect(lines[0]).toContain('CPUs, 2 of 8 vCPUs');
	expect(lines[3]).toMatch(/^│ vCPU 3 irq +0\.0 +0\.0 +0\.0 100\.0 /v);
	expect(lines[2]).toMatch(/^│ vCPU 4 +10\.0 +20\.0 +0\.0 +70\.0 /v);
});

test('a state of its own that somebody adds has its column and its part of the bar', () => {
	const polling = {...vcpu(0.2), poll: 0.5, idle: 0.3};
	const {lines} = cpusPanel({...canonical, readings: {...canonical.readings, vcpus: [polling, vcpu(0)]}}, 57, 6);
	expect(lines[1]).toContain('guest  spin  exit  poll  idle');
	expect(lines[2]).toMatch(/vCPU 0 +20\.0 +0\.0 +0\.0 +50\.0 +30\.0 +█+▚+·+ │/v);
});

function rolesOf(block: Block): ReadonlySet<Role> {
	return new Set(block.spans.map(({role}) => role));
}

test('spinning is coloured by its value: dim at 0, red from 1 % of a CPU on', () => {
	expect([0, 0.04, 0.06, 9.9, 10, 500].map(value => spinRole(value))).toEqual([
		'dim',
		'dim',
		'text',
		'text',
		'spin',
		'spin',
	]);
	expect([null, 0, 0.009, 0.01].map(share => spinShareRole(share))).toEqual(['dim', 'dim', 'text', 'spin']);
	expect(spinRole(null, 12)).toBe('spin');
});

test('nothing is red where nobody spins, even while the verdict of before stands', () => {
	const {readings} = canonical;
	const still = {
		...canonical,
		readings: {
			...readings,
			figures: {
				...readings.figures,
				'lock.contentionShare': 0,
				'lock.spin.worker': 0,
				'lock.spin.submitter': 0,
			},
			lock: {...readings.lock, spinWorker: 0, spinSubmitter: 0},
			vcpus: [vcpu(0.5), vcpu(0)],
			stages: readings.stages.map(stage =>
				stage.name.endsWith('ockWait') ? {...stage, mean: 0, share: 0} : stage,
			),
		},
	};
	const panels = charts
		.filter(({path}) => path.startsWith('lock.'))
		.map(chart =>
			chartPanel(
				{
					chart,
					rect: {
						x: 0,
						y: 0,
						width: 43,
						height: 10,
					},
					timeRow: true,
				},
				still,
				{
					axes: new AxisMemory(),
					dense: false,
				},
			),
		);
	for (const block of [
		cpusPanel(still, 57, 6),
		queuesPanel(still, 63, 6, alone),
		stagesPanel(still, 120, 4),
		...panels,
	]) {
		expect(rolesOf(block)).not.toContain('spin');
		expect(rolesOf(block)).not.toContain('bad');
	}

	expect(rolesOf(queuesPanel(canonical, 63, 6, alone))).toContain('spin');
	expect(rolesOf(cpusPanel(canonical, 57, 6))).toContain('spin');
});
