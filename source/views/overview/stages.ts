import {type Block, piece} from '../../charts/block.js';
import {fitText} from '../../charts/fit-text.js';
import {formatCount, formatDuration, formatMicroseconds} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {panelTerms, stageGroups} from '../../report/glossary.js';
import {stageBar, type StageSegment} from '../../charts/stage-bar.js';
import {type OverviewSnapshot, type Readings, type StageReading} from '../../session/snapshot.js';
import {spinShareRole} from '../severity.js';

type GroupName = (typeof stageGroups)[number]['name'];

const looks: Readonly<Record<GroupName, {readonly short: string; readonly role: Role}>> = {
	backlog: {short: 'blg', role: 'wait'},
	prepare: {short: 'prep', role: 'guest'},
	lock: {short: 'lock', role: 'spin'},
	'ring wait': {short: 'ring', role: 'wait'},
	doorbell: {short: 'dbel', role: 'exit'},
	'host wait': {short: 'host', role: 'wait'},
	service: {short: 'svc', role: 'host'},
	fence: {short: 'fnc', role: 'wait'},
	irq: {short: 'irq', role: 'irq'},
	worker: {short: 'wrk', role: 'wait'},
	reap: {short: 'reap', role: 'guest'},
};

function isIn(stage: StageReading, stages: readonly string[]): boolean {
	return stages.includes(stage.name);
}

function segments(readings: Readings): StageSegment[] {
	return stageGroups.map(({name, stages}) => {
		const members = readings.stages.filter(stage => isIn(stage, stages));
		const share = members.reduce((sum, stage) => sum + stage.share, 0);
		const {short, role} = looks[name];
		return {
			name,
			short,
			microseconds: members.reduce((sum, stage) => sum + stage.mean, 0),
			share,
			role: role === 'spin' ? spinShareRole(share) : role,
		};
	});
}

function sum(readings: Readings, name: GroupName): string {
	const group = stageGroups.find(candidate => candidate.name === name);
	const members = (group?.stages ?? []).map(stage => readings.stages.find(candidate => candidate.name === stage));
	const terms = members
		.filter((stage): stage is StageReading => stage !== undefined)
		.map(stage => `${stage.name} ${formatMicroseconds(stage.mean)}`);
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
	const title = panelTerms.stages.name;
	const inside = width - 2;
	return panel(
		{
			width,
			height,
			title,
			value: all.length + title.length + 7 <= width ? all : values.join(' '),
		},
		[
			stageBar(segments(readings), inside),
			[piece(fitText(` ${sum(readings, 'lock')}   ${sum(readings, 'host wait')}`, inside), 'dim')],
		],
	);
}
