import process from 'node:process';
import {GuestRecording} from '../trace/recording/guest-recording.js';
import {HostRecording} from '../trace/recording/host-recording.js';
import {recordingSource} from '../trace/reader/recording-source.js';
import {asText, readTrace, type TraceSummary} from '../trace/reader/read-trace.js';
import {UserError} from '../errors/user-error.js';
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
	/** Lines about what is in them. */
	readonly findings: readonly string[];
};

/** With more events lost than kept no two of them need be neighbours. */
function refuseLossy({file, lost, events}: TraceSummary): void {
	if (lost > events) {
		throw new UserError(
			`${file}: ${lost} events were lost and ${events} kept; record again with a larger buffer (trace-cmd ` +
				'-b, buffer_size_kb) or fewer events',
		);
	}
}

/** Which files to read, and which device's events of the guest's: the busiest without `device`. */
export type RecordingFiles = {
	readonly guest: string;
	readonly host: string | undefined;
	readonly device: string | undefined;
};

/** Names of events that a file has and that are used for nothing, for the report. */
const mostUnused = 6;

/**
Events that stand for something in a guest's recording, and those that no one needs to hear of.
*/
const usedEvents =
	/^(?:virtio_gpu_cmd_(?:queue|response)|irq_handler_(?:entry|exit)|workqueue_(?:queue_work|activate_work|execute_start|execute_end)|sched_(?:switch|wakeup|waking)|\(.*\))$/v;

function refuseNoCommands(
	file: string,
	guest: GuestRecording,
	{counts, events, misread}: TraceSummary,
	device: string | undefined,
): void {
	if (guest.device !== '') {
		return;
	}

	if (guest.devices.length > 0) {
		throw new UserError(
			`${file}: it has no device ${JSON.stringify(device ?? '')}; it has ` +
				`${guest.devices.map(({name, commands}) => `${name} (${commands} commands)`).join(', ')}`,
		);
	}

	if (misread > 0) {
		throw new UserError(
			`${file}: ${misread} of its lines are events whose payloads can not be read, and none is a command ` +
				`of a virtio-gpu guest; ${asText}`,
		);
	}

	if (counts.has('virtqueue_pop') || counts.has('kvm_exit') || counts.has('virtio_queue_notify')) {
		throw new UserError(
			`${file}: none of its ${events} events is a command of a virtio-gpu guest (virtio_gpu_cmd_queue); ` +
				"it is a host's log: give it with --host, after the guest's recording",
		);
	}
}

/** What is in a recording and stands for nothing. */
function unusedWords({counts}: TraceSummary, guest: GuestRecording): readonly string[] {
	const unused = [...counts]
		.filter(([name]) => !usedEvents.test(name) && !guest.probeNames.has(name))
		.toSorted((a, b) => b[1] - a[1]);
	return unused.length === 0
		? []
		: [
				`seen, not used: ${unused
					.slice(0, mostUnused)
					.map(([name, count]) => `${name} (${count})`)
					.join(', ')}${unused.length > mostUnused ? ` and ${unused.length - mostUnused} more names` : ''}`,
			];
}

/** Reads both files, in bounded memory. Throws `UserError` for files that are no recordings. */
export async function readRecordings(
	{guest: guestFile, host: hostFile, device}: RecordingFiles,
	interrupt: Interrupt,
	progress: Progress,
): Promise<Recordings> {
	const guest = new GuestRecording(device ?? null);
	const guestSummary = await read(guestFile, guest, interrupt, progress);
	refuseLossy(guestSummary);
	refuseNoCommands(guestFile, guest, guestSummary, device);
	const findings = unusedWords(guestSummary, guest);
	if (hostFile === undefined) {
		return {
			guest,
			guestSummary,
			host: null,
			hostSummary: null,
			warnings: guestSummary.warnings,
			findings,
		};
	}

	const host = new HostRecording();
	const hostSummary = await read(hostFile, host, interrupt, progress);
	host.untimed = hostSummary.untimed + hostSummary.coarse;
	host.select(guest.kicks);
	return {
		guest,
		guestSummary,
		host,
		hostSummary,
		warnings: [...guestSummary.warnings, ...hostSummary.warnings],
		findings,
	};
}

/**
Reads a file into what holds it. Nothing is finished before its end, so a
signal ends the program at once.
*/
async function read(
	file: string,
	recording: GuestRecording | HostRecording,
	interrupt: Interrupt,
	progress: Progress,
): Promise<TraceSummary> {
	let events = 0;
	return progress.guard(process, async () =>
		readTrace(
			recordingSource(file, () => events > 0),
			{
				onEvent(event) {
					events++;
					recording.add(event);
				},
				onProgress: readingProgress(file, progress),
				isStopped: () => recording.isFull || interrupt.signal !== undefined,
			},
		),
	);
}
