import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {type Snapshot} from '../../source/session/caption.js';
import {type Controller} from '../../source/session/controller.js';
import {Beside} from '../../source/session/recording/beside.js';
import {queueReadings} from '../../source/session/recording/queue-readings.js';
import {recordingCaption} from '../../source/session/recording/recording-caption.js';
import {type RecordingSnapshot} from '../../source/session/recording/recording-snapshot.js';
import {RecordingSubject} from '../../source/session/recording/recording-subject.js';
import {Recording} from '../../source/session/recording/recording.js';
import {fixtureText, sourceOf} from '../trace/trace-lines.js';
import {deskOf} from './small-run.js';

/**
Every view over a recording of the fixtures, read whole; `beside`: the preset of
the model beside it, simulated.
*/
export async function recordedDesk(
	name: string,
	{isLive = false, beside}: {readonly isLive?: boolean; readonly beside?: string} = {},
) {
	const recording = new Recording({name: `${name}.txt`, isLive, clock: () => 0});
	await recording.read(sourceOf(fixtureText(`${name}.guest`)));
	const {meter} = recording;
	const model =
		beside === undefined
			? undefined
			: new Beside(
					beside,
					configurationOf(loadPreset(beside), {warmup: 20_000_000}),
					meter.start,
					meter.now - meter.start,
				);
	const subject = new RecordingSubject({recording, clock: () => 0, beside: model});
	while (subject.advance() === 'behind') {
		// The next pieces of the model.
	}

	return {...deskOf(subject), recording, subject};
}

/** What the recording of a desk shows. */
export function recordedBy(controller: Controller): RecordingSnapshot {
	const {recording} = controller.look();
	if (recording === undefined) {
		throw new Error('the subject is no recording');
	}

	return recording;
}

/** What a subject that is a recording would show. */
export function shownOf(recording: RecordingSnapshot): Snapshot {
	return {
		caption: recordingCaption(recording),
		queues: queueReadings(recording.figures),
		axes: undefined,
		recording,
	};
}
