import {bar} from '../../charts/bar.js';
import {type Block, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {shareFigure} from '../../charts/format-number.js';
import {type FrameStyle, panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {panelTerms, vcpuTerms} from '../../report/glossary.js';
import {type OverviewSnapshot, type VcpuReading} from '../../session/snapshot.js';
import {spinShareRole} from '../severity.js';

/** A state of a vCPU: its key in the metrics, its column and its part of the bar. */
type VcpuState = {
	readonly key: keyof typeof vcpuTerms;
	readonly name: string;
	readonly glyph: string;
	readonly role: Role;
	/** Has a column whatever its value. */
	readonly always: boolean;
};

/** In the order of columns and bars. A state that the metrics lack has no column. */
export const vcpuStates: readonly VcpuState[] = [
	{
		key: 'guest',
		name: 'guest',
		glyph: '█',
		role: 'guest',
		always: true,
	},
	{
		key: 'spin',
		name: 'spin',
		glyph: '╳',
		role: 'spin',
		always: true,
	},
	{
		key: 'exit',
		name: 'exit',
		glyph: '▒',
		role: 'exit',
		always: true,
	},
	{
		key: 'poll',
		name: 'poll',
		glyph: '▚',
		role: 'host',
		always: false,
	},
	{
		key: 'blocked',
		name: 'blocked',
		glyph: '░',
		role: 'wait',
		always: false,
	},
	{
		key: 'idle',
		name: 'idle',
		glyph: '·',
		role: 'dim',
		always: true,
	},
	{
		key: 'stolen',
		name: 'stolen',
		glyph: '~',
		role: 'wait',
		always: false,
	},
];

/** A state is worth a column from the share on that is not written 0.0. */
const noticeable = 0.0005;
const columnWidth = 6;
const leastBar = 6;

const shareOf = (vcpu: VcpuReading, key: string): number => vcpu[key] ?? 0;

/**
The states with a column: those that always have one, and of the others the
largest that there is room for.
*/
function columnsFor(vcpus: readonly VcpuReading[], width: number): readonly VcpuState[] {
	const most = (state: VcpuState) => Math.max(0, ...vcpus.map(vcpu => shareOf(vcpu, state.key)));
	const room = Math.floor(width / columnWidth);
	const optional = vcpuStates
		.filter(state => !state.always && most(state) >= noticeable)
		.toSorted((a, b) => most(b) - most(a));
	const chosen = new Set(optional.slice(0, Math.max(0, room - vcpuStates.filter(state => state.always).length)));
	return vcpuStates.filter(state => state.always || chosen.has(state));
}

/**
The vCPUs to show, by index: those that spin, then the busiest, in steps so coarse that rows
do not change places all the time. Where not all have room, the one that takes the
interrupts is there in any case.
*/
export function relevantVcpus(vcpus: readonly VcpuReading[], room: number, irqVcpu: number): readonly number[] {
	const isIrq = (index: number) => (room > 1 && room < vcpus.length && index === irqVcpu ? 1 : 0);
	const spin = (index: number) => Math.round(shareOf(vcpus[index], 'spin') * 1000);
	const idle = (index: number) => shareOf(vcpus[index], 'idle');
	const coarse = (index: number) => Math.round(spin(index) / 50) * 100 - Math.round(idle(index) * 10);
	return vcpus
		.map((_, index) => index)
		.toSorted((a, b) => isIrq(b) - isIrq(a) || spin(b) - spin(a) || idle(a) - idle(b))
		.slice(0, Math.max(0, room))
		.toSorted((a, b) => coarse(b) - coarse(a) || a - b);
}

function share(value: number): string {
	return ` ${cell(shareFigure(value), columnWidth - 1, 'right')}`;
}

function roleOf(state: VcpuState, value: number): Role {
	return state.key === 'spin' ? spinShareRole(value) : state.role;
}

/**
What the CPUs do: a line a vCPU, and who serves the device. A state that is rare has a
column only where it has a share.
*/
export function cpusPanel(snapshot: OverviewSnapshot, width: number, height: number, style?: FrameStyle): Block {
	const {
		readings: {vcpus, mainLoop},
		server,
		irqVcpu,
	} = snapshot;
	const inside = width - 2;
	const room = Math.max(0, height - 4);
	const shown = relevantVcpus(vcpus, room, irqVcpu);
	const isPart = shown.length < vcpus.length;
	const labels = shown.map(index => ` vCPU ${index}${isPart && index === irqVcpu ? ' irq' : ''} `);
	const labelWidth = Math.max(8, ...labels.map(label => label.length));
	const states = columnsFor(vcpus, inside - labelWidth - 2 - leastBar - 1);
	const barWidth = Math.max(1, inside - labelWidth - states.length * columnWidth - 3);

	const title = `${panelTerms.cpus.name}${snapshot.isNow ? ' now' : ''}${isPart ? `, ${shown.length} of ${vcpus.length} vCPUs` : ''}`;
	const legend = states.map(({glyph, name}) => `${glyph} ${name}`).join(' ');
	const hasLegend = title.length + legend.length + 7 <= width;
	const heads = states.map(({key, glyph}) =>
		cell(hasLegend ? vcpuTerms[key].name : `${glyph}${vcpuTerms[key].name}`, columnWidth, 'right'),
	);
	const lines: Line[] = [[piece(`${' '.repeat(labelWidth)}${heads.join('')} %`, 'dim')]];
	for (const [row, index] of shown.entries()) {
		const vcpu = vcpus[index];
		lines.push([
			cell(labels[row], labelWidth),
			...states.map(state =>
				piece(
					share(shareOf(vcpu, state.key)),
					state.key === 'spin' || state.role === 'wait' ? roleOf(state, shareOf(vcpu, state.key)) : 'text',
				),
			),
			'  ',
			...bar(
				vcpuStates.map(state => ({
					share: shareOf(vcpu, state.key),
					glyph: state.glyph,
					role: roleOf(state, shareOf(vcpu, state.key)),
				})),
				barWidth,
			),
		]);
	}

	const busy = mainLoop ?? 0;
	const served = [
		` ${server} busy`,
		share(busy),
		'  idle ',
		cell(shareFigure(1 - busy), columnWidth - 2, 'right'),
	].join('');
	lines.push([
		piece(cell(served, labelWidth + states.length * columnWidth), 'text'),
		'  ',
		...bar(
			[
				{share: busy, glyph: '█', role: 'host'},
				{share: 1 - busy, glyph: '·', role: 'dim'},
			],
			barWidth,
		),
	]);
	return panel(
		{
			width,
			height,
			title,
			value: hasLegend ? legend : '',
			valueRole: 'dim',
			...(style === undefined ? {} : {style}),
		},
		lines,
	);
}
