import process from 'node:process';
import {GuestRecording} from '../trace/calibration/guest-recording.js';
import {HostRecording} from '../trace/calibration/host-recording.js';
import {traceFile} from '../trace/reader/line-source.js';
import {readTrace, type TraceSummary} from '../trace/reader/read-trace.js';
import {UserError} from '../parameters/user-error.js';
import {type Interrupt} from './interrupt.js';
import {readingProgress} from './reading-progress.js';

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
export async function readRecordings(guestFile: string, hostFile: string | undefined, interrupt: Interrupt, progress: (text: string) => void): Promise<Recordings> {
	const guest = new GuestRecording();
	const guestSummary = await readTrace(traceFile(guestFile), {
		onEvent(event) {
			guest.add(event);
		},
		onProgress: readingProgress(guestFile, progress, process.stderr.isTTY),
		isStopped: () => guest.isFull || interrupt.signal !== undefined,
	});
	refuseLossy(guestSummary);
	if (hostFile === undefined) {
		return {
			guest, guestSummary, host: null, hostSummary: null, warnings: guestSummary.warnings,
		};
	}

	const host = new HostRecording();
	const hostSummary = await readTrace(traceFile(hostFile), {
		onEvent(event) {
			host.add(event);
		},
		onProgress: readingProgress(hostFile, progress, process.stderr.isTTY),
		isStopped: () => host.isFull || interrupt.signal !== undefined,
	});
	return {
		guest, guestSummary, host, hostSummary, warnings: [...guestSummary.warnings, ...hostSummary.warnings],
	};
}
