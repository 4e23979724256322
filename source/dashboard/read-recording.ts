import path from 'node:path';
import {loadPreset} from '../presets/load-preset.js';
import {configurationOf} from '../presets/preset.js';
import {Beside} from '../session/recording/beside.js';
import {type RecordingParts} from '../session/recording/recording-subject.js';
import {Recording} from '../session/recording/recording.js';
import {withChange} from '../simulation/parameters/change.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {type Progress} from '../terminal/progress-line.js';
import {readingProgress} from '../terminal/reading-progress.js';
import {readTrace} from '../trace/reader/read-trace.js';
import {recordingSource} from '../trace/reader/recording-source.js';
import {GuestRecording} from '../trace/recording/guest-recording.js';
import {HostRecording} from '../trace/recording/host-recording.js';
import {hostWords} from './host-words.js';

/** What is shown of a recorded file, values as they were written. */
export type RecordedFile = {
	readonly trace: string;
	readonly host: string | undefined;
	/** The device to show, the busiest without. */
	readonly device: string | undefined;
	/** A preset to simulate beside it. */
	readonly beside: string | undefined;
	/** `key=value` each, for the preset. */
	readonly set: readonly string[];
};

/** Events between two looks whether a recording's parts are all that is kept. */
const fullEvery = 1000;

function besideOf(name: string, set: readonly string[], {meter}: Recording): Beside {
	const configuration = configurationOf(loadPreset(name), parseSets(set));
	return new Beside(name, withChange(configuration, {}).configuration, meter.start, meter.now - meter.start);
}

/** The lines of a host's log, read whole; the guest's events go to `guest`. */
async function readHost(file: string, guest: GuestRecording, progress: Progress): Promise<readonly string[]> {
	const host = new HostRecording();
	let events = 0;
	const {untimed} = await readTrace(
		recordingSource(file, () => events > 0),
		{
			onEvent(event) {
				events++;
				host.add(event);
			},
			onProgress: readingProgress(file, progress),
			isStopped: () => host.isFull,
		},
	);
	host.untimed = untimed;
	host.select(guest.kicks);
	return hostWords(host, guest);
}

/**
Reads a recorded file whole, and the host's log beside it. Throws `UserError` for
what is no recording of a guest.
*/
export async function readRecordingFile(
	{trace, host, device, beside, set}: RecordedFile,
	clock: () => number,
	progress: Progress,
): Promise<Pick<RecordingParts, 'recording' | 'beside' | 'words' | 'guest'>> {
	const guest = new GuestRecording(device ?? null);
	let isFull = false;
	const recording = new Recording({
		name: path.basename(trace),
		isLive: false,
		clock,
		device,
		onEvent(event) {
			// With a host's log all of it is wanted; the timeline shows what is kept.
			if (!isFull) {
				guest.add(event);
				isFull = host === undefined && recording.events % fullEvery === 0 && guest.isFull;
			}
		},
	});
	await recording.read(
		recordingSource(trace, () => recording.events > 0),
		undefined,
		readingProgress(trace, progress),
	);
	return {
		recording,
		guest,
		words: host === undefined ? [] : await readHost(host, guest, progress),
		beside: beside === undefined ? undefined : besideOf(beside, set, recording),
	};
}
