import process from 'node:process';
import {GuestRecording} from '../trace/calibration/guest-recording.js';
import {HostRecording} from '../trace/calibration/host-recording.js';
import {recordingSource} from '../trace/reader/recording-source.js';
import {readTrace, type TraceSummary} from '../trace/reader/read-trace.js';
import {UserError} from '../parameters/user-error.js';
import {type Progress} from '../terminal/progress-line.js';
import {readingProgress} from '../terminal/reading-progress.js';
import {type Interrupt} from './interrupt.js';

/** A guest's recording, and a host's log beside it. */
export type Recordings = {
	readonly guest: GuestRecording;
	readonly guestSummary: TraceSummary;
	readonly host: HostRecording | null;
	readonly hostSummary: TraceSummary | null;
	readonly warnings: readonly string[];
};

/** With more events lost than kept no two of them need be neighbours. */
function refuseLossy({file, lost, events}: TraceSummary): void {
	if (lost > events) {
		throw new UserError(`${file}: ${lost} events were lost and ${events} kept; record again with a larger buffer (trace-cmd -b, buffer_size_kb) or fewer events`);
	}
}

/** Reads both files, in bounded memory. Throws `UserError` for files that are no recordings. */
export async function readRecordings(guestFile: string, hostFile: string | undefined, interrupt: Interrupt, progress: Progress): Promise<Recordings> {
	const guest = new GuestRecording();
	const guestSummary = await read(guestFile, guest, interrupt, progress);
	refuseLossy(guestSummary);
	if (hostFile === undefined) {
		return {
			guest, guestSummary, host: null, hostSummary: null, warnings: guestSummary.warnings,
		};
	}

	const host = new HostRecording();
	const hostSummary = await read(hostFile, host, interrupt, progress);
	return {
		guest, guestSummary, host, hostSummary, warnings: [...guestSummary.warnings, ...hostSummary.warnings],
	};
}

/** Reads a file into what holds it. Nothing is finished before its end, so a signal ends the program at once. */
async function read(file: string, recording: GuestRecording | HostRecording, interrupt: Interrupt, progress: Progress): Promise<TraceSummary> {
	let events = 0;
	return progress.guard(process, async () => readTrace(recordingSource(file, () => events > 0), {
		onEvent(event) {
			events++;
			recording.add(event);
		},
		onProgress: readingProgress(file, progress),
		isStopped: () => recording.isFull || interrupt.signal !== undefined,
	}));
}
