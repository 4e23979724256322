import {bar} from '../../charts/bar.js';
import {type Block, type Line, piece} from '../../charts/block.js';
import {formatShare} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type OverviewSnapshot, type VcpuReading} from '../../session/snapshot.js';

const numbers = 34;

function cell(share: number): string {
	return formatShare(share).padStart(6);
}

function vcpuLine(index: number, vcpu: VcpuReading, width: number, stolen: boolean): Line {
	const parts = [
		{share: vcpu.guest, glyph: '█', role: 'guest'},
		{share: vcpu.spin, glyph: '╳', role: 'spin'},
		{share: vcpu.exit, glyph: '▒', role: 'exit'},
		{share: vcpu.stolen, glyph: '░', role: 'wait'},
		{share: vcpu.idle, glyph: '·', role: 'dim'},
	] as const;
	return [
		` vCPU ${index} `,
		cell(vcpu.guest),
		piece(cell(vcpu.spin), 'spin'),
		cell(vcpu.exit),
		cell(vcpu.idle),
		...(stolen ? [piece(cell(vcpu.stolen), 'wait')] : []),
		'  ',
		...bar(parts, Math.max(1, width - numbers - (stolen ? 6 : 0) - 1)),
	];
}

/**
What the CPUs do: a line a vCPU, and who serves the device. A column for stolen time appears
when host CPUs are fewer than the threads that want them.
*/
export function cpusPanel(snapshot: OverviewSnapshot, width: number, height: number): Block {
	const {readings: {vcpus, mainLoop}, server} = snapshot;
	const inside = width - 2;
	const stolen = vcpus.some(vcpu => vcpu.stolen >= 0.0005);
	const lines: Line[] = [[piece(`         guest  spin  exit  idle${stolen ? ' stoln' : ''} %`, 'dim')]];
	const room = height - 4;
	for (const [index, vcpu] of vcpus.slice(0, room).entries()) {
		lines.push(vcpuLine(index, vcpu, inside, stolen));
	}

	const busy = mainLoop ?? 0;
	lines.push([
		` ${server} busy`,
		piece(cell(busy), 'host'),
		'  idle',
		cell(1 - busy).slice(1),
		' '.repeat(Math.max(0, numbers - 23 - server.length + (stolen ? 6 : 0))),
		...bar([{share: busy, glyph: '█', role: 'host'}, {share: 1 - busy, glyph: '·', role: 'dim'}], Math.max(1, inside - numbers - (stolen ? 6 : 0) - 1)),
	]);
	return panel({
		width,
		height,
		title: vcpus.length > room ? `CPUs, ${room} of ${vcpus.length} vCPUs` : 'CPUs',
		value: stolen ? '█ guest ╳ spin ▒ exit ░ stolen · idle' : '█ guest ╳ spin ▒ exit · idle',
		valueRole: 'dim',
	}, lines);
}
