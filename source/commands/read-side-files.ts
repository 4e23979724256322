import {closeSync, openSync, readSync} from 'node:fs';
import {Buffer} from 'node:buffer';
import {constants, gunzipSync} from 'node:zlib';
import {UserError} from '../parameters/user-error.js';
import {
	interruptDeltas, interruptReadings, kvmStat, lockContention, type LockContentionRow,
} from '../trace/reader/side-information.js';

/** Bytes of a table that are read: reports are some pages long. */
const longest = 1_000_000;

/** Bytes of a packed one, unpacked. */
const mostUnpacked = 16_000_000;

/** Rows of a table that are shown, the largest first. */
const mostRows = 4;

/**
What tables say that were made beside a recording: `perf lock contention`, `perf kvm stat report`, or two readings
of /proc/interrupts, one after the other. It stands in the report for comparison; no value is taken from it.

@throws {UserError} for files that are none of these.
*/
export function sideLines(files: readonly string[]): readonly string[] {
	return files.flatMap(file => {
		const text = headOf(file);
		const lines = [...lockLines(text), ...exitLines(text), ...interruptLines(text)];
		if (lines.length === 0) {
			throw new UserError(`${file}: neither perf lock contention, perf kvm stat report, nor two readings of /proc/interrupts with a virtio device in them`);
		}

		return lines;
	});
}

function lockLines(text: string): readonly string[] {
	const {rows, unread} = lockContention(text);
	const sorted = rows.toSorted((a, b) => (b.total ?? b.contended) - (a.total ?? a.contended));
	const own = sorted.filter(({caller}) => caller.includes('virtio'));
	return [
		...(own.length > 0 ? own : sorted).slice(0, mostRows).map(row => `perf lock contention: ${subjectWords(row)} ${row.contended} times${timeWords(row)}`),
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
		...rows.toSorted((a, b) => b.samples - a.samples).slice(0, mostRows).map(({reason, samples, average}) =>
			`perf kvm stat: ${reason} ${samples} times, ${microseconds(average)} on average`),
		...unreadWords('perf kvm stat', unread),
	];
}

/** Rows are counted, not dropped. */
function unreadWords(table: string, unread: number): readonly string[] {
	return unread === 0 ? [] : [`${table}: ${unread} ${unread === 1 ? 'line' : 'lines'} of the table could not be read`];
}

function interruptLines(text: string): readonly string[] {
	const readings = interruptReadings(text);
	return readings === null
		? []
		: [...interruptDeltas(readings.before, readings.after, 'virtio')]
			.filter(([, counts]) => counts.some(count => count > 0))
			.map(([label, counts]) => `/proc/interrupts: ${label}: ${counts.map((count, cpu) => `${count} on CPU ${cpu}`).join(', ')}`);
}

function microseconds(time: number): string {
	return `${Number((time / 1000).toPrecision(3))} us`;
}

/** The first bytes of the file, unpacked where it is a gzip file, whatever its name. */
function headOf(file: string): string {
	try {
		const descriptor = openSync(file, 'r');
		try {
			const buffer = Buffer.alloc(longest);
			const bytes = buffer.subarray(0, readSync(descriptor, buffer, 0, longest, 0));
			const isPacked = bytes[0] === 0x1F && bytes[1] === 0x8B;
			// A cut end is no error: only the head is read.
			return (isPacked ? gunzipSync(bytes, {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostUnpacked}) : bytes).toString('utf8');
		} finally {
			closeSync(descriptor);
		}
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		throw new UserError(`${file}: ${reasonOf(code)}`);
	}
}

function reasonOf(code: string): string {
	switch (code) {
		case 'ENOENT': {
			return 'there is no such file';
		}

		case 'ERR_BUFFER_TOO_LARGE': {
			return `a table of more than ${mostUnpacked / 1_000_000} MB unpacked; give the head of it`;
		}

		default: {
			return code.startsWith('Z_') ? 'it begins as a gzip file and is none' : `it can not be read (${code})`;
		}
	}
}
