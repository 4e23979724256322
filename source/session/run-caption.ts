import {cell} from '../charts/fit-text.js';
import {
	formatCount,
	formatDuration,
	formatGrouped,
	formatPerSecond,
	formatSlots,
	formatTime,
} from '../charts/format-number.js';
import {type Caption} from './caption.js';
import {type OverviewSnapshot} from './snapshot.js';

/** What the fixed rows say of a run. */
export function runCaption(snapshot: OverviewSnapshot): Caption {
	const {preset, machine, seed, sides, state, present, achieved, speed, time} = snapshot;
	const {fine, window, readings, ringSize} = snapshot;
	const clock = cell([formatTime(time, fine), formatTime(time)], 10, 'right');
	const free = `${formatSlots(readings.figures['ring.numFree.mean'])} of ${formatGrouped(ringSize)}`;
	const rate = formatCount(readings.figures['throughput.completed']);
	// A little less may be written the same.
	const kept = achieved === null || achieved === speed ? '' : ` (${achieved})`;
	return {
		name: preset,
		about: [machine, `seed ${seed}`],
		state: [sides, stateText(snapshot, kept), ...nextText(snapshot), `t ${clock}`].join('   '),
		isCalm: state === 'running',
		numbers:
			present === undefined
				? snapshot.question === null
					? [`window ${formatDuration(window)}`]
					: []
				: [pastText(time, present)],
		question: present === undefined ? snapshot.question : null,
		verdict: snapshot.verdict,
		isCounted: snapshot.settled,
		advice: snapshot.advice,
		canApply: snapshot.advice !== null,
		noHelp: snapshot.noHelp,
		brief: [
			`The simulation is paused at t ${formatTime(time)}.`,
			[`${rate} cmd/s`, `spin ${formatPerSecond(readings.lock.spinWorker)} ms/s`, `free ${free}`].join('   '),
		],
		otherwise: `vqlab run ${preset}`,
	};
}

/** `kept`: what of the speed is achieved, when that is less. */
function stateText({state, present, speed}: OverviewSnapshot, kept: string): string {
	switch (state) {
		case 'running': {
			return `► ${speed}${kept}`;
		}

		case 'history': {
			return '◄ history';
		}

		case 'searching': {
			return present === undefined ? '» searching' : '» going back';
		}

		case 'paused':
		case 'stalled': {
			return `‖ ${state}`;
		}
	}
}

/** When the next planned change comes. */
const nextText = ({planned: [next]}: OverviewSnapshot): readonly string[] =>
	next === undefined ? [] : [`» ${formatTime(next.at)}`];

/** Where the present is, seen from the past. */
function pastText(time: number, present: number): string {
	return `now ${formatTime(present)}, ${formatDuration(present - time)} back`;
}
