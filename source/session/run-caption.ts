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
	const {preset, machine, seed, state, speed, achieved, time, fine, window, readings, ringSize} = snapshot;
	const clock = cell([formatTime(time, fine), formatTime(time)], 10, 'right');
	const free = `${formatSlots(readings.figures['ring.numFree.mean'])} of ${formatGrouped(ringSize)}`;
	const rate = formatCount(readings.figures['throughput.completed']);
	const kept = achieved === null ? '' : ` (${achieved})`;
	return {
		name: preset,
		about: [machine, `seed ${seed}`],
		state: ['A', state === 'running' ? `► ${speed}${kept}` : `‖ ${state}`, `t ${clock}`].join('   '),
		isCalm: state === 'running',
		numbers: snapshot.question === null ? [`window ${formatDuration(window)}`] : [],
		question: snapshot.question,
		verdict: snapshot.verdict,
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
