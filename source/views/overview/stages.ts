import {type Block, piece} from '../../charts/block.js';
import {formatCount, formatDuration} from '../../charts/format-number.js';
import {type FrameStyle, panel} from '../../charts/panel.js';
import {type Role} from '../../charts/role.js';
import {panelTerms, stageGroups} from '../../report/glossary.js';
import {shareRow, stageBar, type StageSegment} from '../../charts/stage-bar.js';
import {type OverviewSnapshot, type Readings} from '../../session/snapshot.js';
import {fittingValue} from '../chart-frame.js';
import {spinShareRole} from '../severity.js';

type GroupName = (typeof stageGroups)[number]['name'];

/**
Who has a command in a stage: the guest, the lock, an exit, the host, an interrupt; waits are light.
*/
const looks: Readonly<Record<GroupName, {readonly glyph: string; readonly role: Role}>> = {
	backlog: {glyph: '░', role: 'wait'},
	prepare: {glyph: '█', role: 'guest'},
	lock: {glyph: '╳', role: 'spin'},
	'ring wait': {glyph: '░', role: 'wait'},
	doorbell: {glyph: '▓', role: 'exit'},
	'host wait': {glyph: '░', role: 'wait'},
	service: {glyph: '█', role: 'host'},
	fence: {glyph: '░', role: 'wait'},
	irq: {glyph: '▒', role: 'irq'},
	worker: {glyph: '░', role: 'wait'},
	reap: {glyph: '█', role: 'guest'},
};

/** How a group of stages with such a share of the whole is drawn. */
export function stageLook(name: GroupName, share: number): {readonly glyph: string; readonly role: Role} {
	const {glyph, role} = looks[name];
	return {glyph, role: role === 'spin' ? spinShareRole(share) : role};
}

function segments(readings: Readings): StageSegment[] {
	return stageGroups.map(({name, stages}) => {
		const members = readings.stages.filter(stage => (stages as readonly string[]).includes(stage.name));
		let [share, microseconds] = [0, 0];
		for (const stage of members) {
			share += stage.share;
			microseconds += stage.mean;
		}

		return {name, microseconds, share, ...stageLook(name, share)};
	});
}

function micros(value: number | null): string {
	return formatDuration(value === null ? null : value * 1000);
}

/** A figure, with what it was before the last change. */
function latencyText(name: 'mean' | 'p50' | 'p90' | 'p99', {readings, before}: OverviewSnapshot): string {
	const now = micros(readings.latency[name]);
	if (before === null) {
		return `${name} ${now}`;
	}

	const was = micros(before.readings.latency[name]);
	const unit = now.split(' ').at(-1) ?? '';
	return `${name} ${was.endsWith(` ${unit}`) ? was.slice(0, -unit.length - 1) : was} → ${now}`;
}

/**
Where a command's time goes: latency in the frame, groups of stages as a
filled bar, their names under it.
*/
export function stagesPanel(snapshot: OverviewSnapshot, width: number, height: number, style?: FrameStyle): Block {
	const {readings, before} = snapshot;
	const title = panelTerms.stages.name;
	const inside = width - 2;
	const count = `n ${formatCount(readings.commands)}`;
	const [mean, p50, p90, p99] = (['mean', 'p50', 'p90', 'p99'] as const).map(name => latencyText(name, snapshot));
	const forms = [[mean, p50, p90, p99, count].join('   '), [mean, p50, p99, count].join('   '), [p50, p99].join(' ')];
	const [bar, labels] = stageBar(segments(readings), inside);
	const rows = height - 2;
	const shares = rows >= 3 ? [shareRow(segments(readings), inside)] : [];
	const old =
		rows >= 4 && before !== null
			? [
					stageBar(segments(before.readings), inside)[0].map(part =>
						typeof part === 'string' ? part : piece(part.text, 'dim'),
					),
				]
			: [];
	return panel(
		{
			width,
			height,
			title,
			value: fittingValue(forms, title, width),
			...(style === undefined ? {} : {style}),
		},
		[bar, labels, ...shares, ...old],
	);
}
