import {formatCount, formatDuration, formatTime} from '../../charts/format-number.js';
import {type Caption} from '../caption.js';
import {type RecordingSnapshot} from './recording-snapshot.js';
import {recordingAdvice, recordingVerdict} from './recording-verdict.js';

/** A time as the ends of a stretch have it: fine enough for its columns. */
export function endTime(nanoseconds: number, column: number): string {
	return formatTime(nanoseconds, column < 10_000_000);
}

function stateWords({state, silent, isWhole}: RecordingSnapshot): string {
	switch (state) {
		case 'recording': {
			return isWhole ? 'all of it' : 'a part';
		}

		case 'live': {
			return silent >= 2 ? `► silent ${silent} s` : '► live';
		}

		case 'paused': {
			return '‖ paused';
		}

		case 'ended': {
			return '‖ stream ended';
		}
	}
}

/** What the fixed rows say of a recording. */
export function recordingCaption(snapshot: RecordingSnapshot): Caption {
	const {name, from, to, column, facts, state, figures, shows, beside} = snapshot;
	const {count, p50, p99} = figures.latency;
	const micros = (value: number | null): string => formatDuration((value ?? 0) * 1000);
	return {
		name,
		about: [
			beside === null ? 'recorded, no model' : `recorded, beside ${beside.name}`,
			`${formatCount(facts.events)} events`,
		],
		state: `${stateWords(snapshot)}   ${endTime(from, column).replace(' s', '')} to ${endTime(to, column)}`,
		isCalm: state === 'live',
		numbers: [`numbers: the ${formatDuration(to - from)} shown`, `column ${formatDuration(column)}`],
		verdict: recordingVerdict(figures),
		advice: recordingAdvice(figures, shows, snapshot),
		brief: [`${formatCount(count)} commands to ${formatTime(to)}`, `p50 ${micros(p50)}   p99 ${micros(p99)}`],
		otherwise: `vqlab calibrate ${name}`,
	};
}
