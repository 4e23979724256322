import {formatTime} from '../../charts/format-number.js';
import {type Scene} from '../../session/view.js';
import {blamePanel} from './blame-panel.js';
import {timelineOf} from './desk.js';
import {laneGlyphs} from './lanes.js';
import {laneCells, lanesPanel} from './lanes-panel.js';
import {timelineLayout} from './layout.js';
import {commandPanel, jumpPanel, longestPanel, visitedPanel} from './side-panels.js';

/** Who ran, owned and waited, lane by lane, and who is to blame for a wait. */
export function drawTimeline({canvas, area, subject, snapshot, now}: Scene): void {
	const desk = timelineOf(subject);
	const layout = timelineLayout(area);
	const {shown, excerpt, progress} = desk.look(laneCells(layout), now);
	const session = subject.run?.session;
	const isLive = subject.grows && session?.paused !== true;
	const scene = {
		desk,
		shown,
		excerpt,
		progress,
		isLive,
		changes: (session?.run.timeline.changes ?? []).map(({at}) => at),
		clock: (time: number): string => subject.clockText?.(time, 1) ?? formatTime(time, true),
		planned: (session?.run.script.upcoming(session.now) ?? []).map(({at}) => at),
	};
	canvas.put(lanesPanel(scene, layout), layout.lanes.x, layout.lanes.y, laneGlyphs);
	canvas.put(blamePanel(desk, scene, layout.blame), layout.blame.x, layout.blame.y);
	const {command, jump, visited, longest} = layout;
	if (command !== undefined) {
		canvas.put(commandPanel(desk, excerpt, shown, command), command.x, command.y, laneGlyphs);
	}

	if (jump !== undefined) {
		canvas.put(jumpPanel(desk, subject, snapshot.run?.readings.life?.max ?? null, jump), jump.x, jump.y);
	}

	if (visited !== undefined) {
		canvas.put(visitedPanel(desk, scene.clock, visited), visited.x, visited.y);
	}

	if (longest !== undefined) {
		canvas.put(longestPanel(excerpt, shown, longest), longest.x, longest.y);
	}
}
