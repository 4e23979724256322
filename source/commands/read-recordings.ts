import {GuestRecording} from '../trace/calibration/guest-recording.js';
import {HostRecording} from '../trace/calibration/host-recording.js';
import {traceFile} from '../trace/reader/line-source.js';
import {readTrace, type TraceSummary} from '../trace/reader/read-trace.js';
import {type Interrupt} from './interrupt.js';

/** Files below this many bytes are read without a word. */
const quickSize = 20_000_000;

/** A guest's recording, and a host's log beside it. */
export type Recordings = {
	readonly guest: GuestRecording;
	readonly guestSummary: TraceSummary;
	readonly host: HostRecording | null;
	readonly hostSummary: TraceSummary | null;
	readonly warnings: readonly string[];
};

/** Reads both files, in bounded memory. Throws `UserError` for files that are no recordings. */
export async function readRecordings(guestFile: string, hostFile: string | undefined, interrupt: Interrupt, progress: (text: string) => void): Promise<Recordings> {
	const guest = new GuestRecording();
	const guestSummary = await readTrace(traceFile(guestFile), {
		onEvent(event) {
			guest.add(event);
		},
		onProgress: progressOf(guestFile, progress),
		isStopped: () => guest.isFull || interrupt.signal !== undefined,
	});
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
		onProgress: progressOf(hostFile, progress),
		isStopped: () => host.isFull || interrupt.signal !== undefined,
	});
	return {
		guest, guestSummary, host, hostSummary, warnings: [...guestSummary.warnings, ...hostSummary.warnings],
	};
}

/** Says every tenth how far the reading of a large file is. */
function progressOf(file: string, progress: (text: string) => void): (done: number, size: number | null) => void {
	let told = 0;
	return (done, size) => {
		const tenth = size === null || size < quickSize ? 0 : Math.floor(10 * done / size);
		if (tenth > told) {
			told = tenth;
			progress(`${file}: ${tenth}0 % read`);
		}
	};
}
