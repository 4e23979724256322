import {formatCount, formatDuration, formatPercent, formatPerSecond} from '../../charts/format-number.js';
import {type recordingFindingTerms} from '../../report/glossary.js';
import {type RecordingFigures} from '../../meter/figures.js';
import {type RecordingMeter} from '../../meter/recording-meter.js';
import {type Sentence, type VerdictSentence} from '../snapshot.js';

/** Waits for qlock are what matters from this share of time on. */
const muchWaiting = 0.01;
/** A tail that is worth a sentence: p99 over p50. */
const longTail = 5;

export const stageWords: Readonly<Record<string, string>> = {
	toIrq: 'doorbell and host',
	workerDelay: "the worker's wake-up",
	workerLockWait: 'its wait for qlock',
	reap: 'reaping and the response',
};

/** Every id has words in the glossary. */
type RecordingFinding = VerdictSentence & {readonly id: keyof typeof recordingFindingTerms};

const micros = (value: number | null): string => formatDuration(value === null ? null : value * 1000);

/** The one thing that a stretch of a recording shows; measured, without the model. */
export function recordingVerdict({
	at,
	sizes: [size],
	filled: [filled],
	latency,
	stages,
}: RecordingFigures): RecordingFinding {
	if (latency.count === 0) {
		return {
			id: 'no-commands',
			text: 'No command was answered in this stretch.',
			short: 'No command was answered in this stretch',
			severity: 'notice',
		};
	}

	const waiting = at('lock.contentionShare') ?? 0;
	if (waiting >= muchWaiting) {
		const onNotify = (at('lock.waits.workerOnNotify') ?? 0) + (at('lock.waits.submitterOnNotify') ?? 0);
		const waits = `${formatCount(onNotify)} of ${formatCount(at('lock.contended'))} waits/s`;
		return {
			id: 'lock-waits',
			severity: 'problem',
			text:
				`qlock: someone waits ${formatPercent(waiting)} of the time (worker ` +
				`${formatPerSecond(at('lock.spin.worker'))} ms/s); ${waits} meet a doorbell.`,
			short: `qlock: someone waits ${formatPercent(waiting)} of the time; ${waits}: doorbell`,
		};
	}

	if (at('ring.numFree.min') === 0) {
		return {
			id: 'ring-full',
			severity: 'notice',
			text:
				`num_free reaches 0 of ${size}: ${formatCount(filled)} commands/s fill the ring; ` +
				`${formatCount(at('ring.inFlight.mean'))} are in flight on average.`,
			short: `num_free reaches 0 of ${size}, ${formatCount(filled)} times/s`,
		};
	}

	const [longest] = stages.toSorted((a, b) => b.share - a.share);
	const most = `${formatPercent(longest.share)} of the mean is ${stageWords[longest.name]}`;
	const {p50, p99} = latency;
	return p50 !== null && p99 !== null && p99 >= longTail * p50
		? {
				id: 'tail',
				text: `p99 is ${micros(p99)}, ${formatCount(p99 / p50)} times the median of ${micros(p50)}; ${most}.`,
				short: `p99 ${micros(p99)}, median ${micros(p50)}`,
				severity: 'problem',
			}
		: {
				id: 'steady',
				text:
					`A command takes ${micros(p50)} at the median, ${micros(p99)} at p99, from publication to ` +
					`response; ${most}.`,
				short: `Median ${micros(p50)}, p99 ${micros(p99)}`,
				severity: 'ok',
			};
}

/** What to do next: record what is missing, or ask the model. */
export function recordingAdvice(
	{at}: RecordingFigures,
	shows: RecordingMeter['shows'],
	{name, isLive}: {readonly name: string; readonly isLive: boolean},
): Sentence | null {
	const missing = [
		...(shows.kicks ? [] : ['doorbells (kprobe notify_in)']),
		...(shows.irqs ? [] : ['interrupts (irq_handler_entry)']),
		...(shows.runs ? [] : ['the worker (workqueue_execute_start)']),
	];
	if (missing.length > 0) {
		return {id: 'not recorded', text: `${missing.join(', ')}: vqlab record --help`, short: `${missing.join(', ')}`};
	}

	if (isLive) {
		return {
			id: 'keep it',
			text: 'tee guest.txt before vqlab, then vqlab calibrate guest.txt makes a preset of this guest',
			short: 'tee guest.txt, then vqlab calibrate guest.txt',
		};
	}

	const set =
		(at('lock.contentionShare') ?? 0) >= muchWaiting
			? 'driver.lockPolicy=kick-batched'
			: at('ring.numFree.min') === 0
				? 'queue.size=256'
				: undefined;
	return set === undefined
		? {
				id: 'next',
				text: `vqlab calibrate ${name} --output my-guest.json: a preset of this guest to turn the knobs of`,
				short: `vqlab calibrate ${name}`,
			}
		: {
				id: 'what if',
				text: `vqlab replay ${name} --set ${set}: the same load, changed`,
				short: `vqlab replay ${name} --set ${set}`,
			};
}
