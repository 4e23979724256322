import {constants, gunzipSync} from 'node:zlib';
import {UserError} from '../errors/user-error.js';
import {readBytes} from '../presets/file-text.js';
import {nodePresetFiles} from '../presets/preset-files.js';
import {
	interruptDeltas,
	interruptReadings,
	kvmStat,
	lockContention,
	type LockContentionRow,
} from '../trace/reader/side-information.js';

/** Largest table, bytes: reports are some pages long. */
const largest = 4 * 1_048_576;

/** Bytes of a packed one, unpacked. */
const mostUnpacked = 16 * 1_048_576;

/** Rows of a table that are shown, the largest first. */
const mostRows = 4;

/**
What tables say that were made beside a recording: `perf lock contention`,
`perf kvm stat report`, or two readings of /proc/interrupts, one after the other. It stands in
the report for comparison; no value is taken from it.

@throws {UserError} for files that are none of these.
*/
export function sideLines(files: readonly string[]): readonly string[] {
	return files.flatMap(file => {
		const text = textOf(file);
		const lines = [...lockLines(text), ...exitLines(text), ...interruptLines(text)];
		if (lines.length === 0) {
			throw new UserError(
				`${file}: neither perf lock contention, perf kvm stat report, nor two readings of ` +
					'/proc/interrupts with a virtio device in them',
			);
		}

		return lines;
	});
}

function lockLines(text: string): readonly string[] {
	const {rows, unread} = lockContention(text);
	const sorted = rows.toSorted((a, b) => (b.total ?? b.contended) - (a.total ?? a.contended));
	const own = sorted.filter(({caller}) => caller.includes('virtio'));
	return [
		...(own.length > 0 ? own : sorted)
			.slice(0, mostRows)
			.map(row => `perf lock contention: ${subjectWords(row)} ${row.contended} times${timeWords(row)}`),
		...unreadWords('perf lock contention', unread),
	];
}

function subjectWords({subject, type, caller, pid, address}: LockContentionRow): string {
	switch (subject) {
		case 'caller': {
			return `${caller} (${type}) waited`;
		}

		case 'thread': {
			return `thread ${caller} (pid ${pid ?? '?'}) waited`;
		}

		case 'owner': {
			return `thread ${caller} (pid ${pid ?? '?'}) was waited for`;
		}

		case 'cgroup': {
			return `cgroup ${caller} waited`;
		}

		case 'lock': {
			const notes = [type, ...(caller === '' ? ['no symbol'] : [])].filter(note => note !== '');
			return `${caller === '' ? `lock at ${address ?? '?'}` : caller}${notes.length === 0 ? '' : ` (${notes.join(', ')})`} was waited for`;
		}
	}
}

function timeWords({average, maximum}: LockContentionRow): string {
	return [
		...(average === null ? [] : [`, ${microseconds(average)} on average`]),
		...(maximum === null ? [] : [`, ${microseconds(maximum)} at most`]),
	].join('');
}

function exitLines(text: string): readonly string[] {
	const {rows, unread} = kvmStat(text);
	return [
		...rows
			.toSorted((a, b) => b.samples - a.samples)
			.slice(0, mostRows)
			.map(
				({reason, samples, average}) =>
					`perf kvm stat: ${reason} ${samples} times, ${microseconds(average)} on average`,
			),
		...unreadWords('perf kvm stat', unread),
	];
}

/** Rows are counted, not dropped. */
function unreadWords(table: string, unread: number): readonly string[] {
	return unread === 0
		? []
		: [`${table}: ${unread} ${unread === 1 ? 'line' : 'lines'} of the table could not be read`];
}

function interruptLines(text: string): readonly string[] {
	const readings = interruptReadings(text);
	return readings === null
		? []
		: [...interruptDeltas(readings.before, readings.after, 'virtio')]
				.filter(([, counts]) => counts.some(count => count > 0))
				.map(
					([label, counts]) =>
						`/proc/interrupts: ${label}: ` +
						`${counts.map((count, cpu) => `${count} on CPU ${cpu}`).join(', ')}`,
				);
}

function microseconds(time: number): string {
	return `${Number((time / 1000).toPrecision(3))} us`;
}

/** The file's text, unpacked where it is a gzip file, whatever its name. */
function textOf(file: string): string {
	const bytes = readBytes(nodePresetFiles(), file, largest);
	return new TextDecoder().decode(bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(file, bytes) : bytes);
}

/** Without its end, where that is missing: a table that was cut off says what it says. */
function unpacked(file: string, bytes: Uint8Array): Uint8Array {
	try {
		return gunzipSync(bytes, {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostUnpacked});
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		throw new UserError(
			`${file}: ${code === 'ERR_BUFFER_TOO_LARGE' ? `a table of more than ${mostUnpacked / 1_048_576} MiB unpacked; give the head of it` : 'it begins as a gzip file and is none'}`,
		);
	}
}
