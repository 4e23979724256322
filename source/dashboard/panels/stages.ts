import {type Block, piece} from '../../charts/block.js';
import {fitText} from '../../charts/fit-text.js';
import {formatCount, formatDuration, formatMicroseconds} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {stageBar, type StageSegment} from '../../charts/stage-bar.js';
import {type OverviewSnapshot, type Readings, type StageReading} from '../../session/snapshot.js';
import {spinShareRole} from './severity.js';

type Group = {
	readonly name: string;
	readonly short: string;
	readonly stages: readonly string[];
	readonly role: Role;
};

/** The sixteen stages in the groups of the bar, in the order of a command's life. */
const groups: readonly Group[] = [
	{
		name: 'backlog', short: 'blg', stages: ['backlog'], role: 'wait',
	},
	{
		name: 'prepare', short: 'prep', stages: ['prepare'], role: 'guest',
	},
	{
		name: 'lock', short: 'lock', stages: ['lockWait', 'workerLockWait'], role: 'spin',
	},
	{
		name: 'ring wait', short: 'ring', stages: ['ringWait'], role: 'wait',
	},
	{
		name: 'doorbell', short: 'dbel', stages: ['submit', 'notifyDelay', 'doorbell'], role: 'exit',
	},
	{
		name: 'host wait', short: 'host', stages: ['hostWake', 'hostQueue'], role: 'wait',
	},
	{
		name: 'service', short: 'svc', stages: ['service'], role: 'host',
	},
	{
		name: 'fence', short: 'fnc', stages: ['fence'], role: 'wait',
	},
	{
		name: 'irq', short: 'irq', stages: ['irqDelay'], role: 'irq',
	},
	{
		name: 'worker', short: 'wrk', stages: ['workerDelay'], role: 'wait',
	},
	{
		name: 'reap', short: 'reap', stages: ['reap', 'response'], role: 'guest',
	},
];

function segments(readings: Readings): StageSegment[] {
	return groups.map(group => {
		const members = readings.stages.filter(stage => group.stages.includes(stage.name));
		const share = members.reduce((sum, stage) => sum + stage.share, 0);
		return {
			...group, microseconds: members.reduce((sum, stage) => sum + stage.mean, 0), share, role: group.role === 'spin' ? spinShareRole(share) : group.role,
		};
	});
}

function sum(readings: Readings, name: string): string {
	const group = groups.find(candidate => candidate.name === name);
	const members = (group?.stages ?? []).map(stage => readings.stages.find(candidate => candidate.name === stage));
	const terms = members.filter((stage): stage is StageReading => stage !== undefined).map(stage => `${stage.name} ${formatMicroseconds(stage.mean)}`);
	return `${name} = ${terms.join(' + ')} us`;
}

function micros(value: number | null): string {
	return formatDuration(value === null ? null : value * 1000);
}

/** Where a command's time goes: latency in the frame, groups of stages as a bar, what two groups are made of. */
export function stagesPanel(snapshot: OverviewSnapshot, width: number, height: number): Block {
	const {readings} = snapshot;
	const {mean, p50, p90, p99} = readings.latency;
	const values = [`p50 ${micros(p50)}`, `p90 ${micros(p90)}`, `p99 ${micros(p99)}`];
	const all = [`mean ${micros(mean)}`, ...values, `n ${formatCount(readings.commands)}`].join('   ');
	const title = 'Where a command\'s time goes';
	const inside = width - 2;
	return panel({
		width, height, title, value: all.length + title.length + 7 <= width ? all : values.join(' '),
	}, [
		stageBar(segments(readings), inside),
		[piece(fitText(` ${sum(readings, 'lock')}   ${sum(readings, 'host wait')}`, inside), 'dim')],
	]);
}
