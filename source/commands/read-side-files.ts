import {UserError} from '../parameters/user-error.js';
import {readBytes} from '../presets/file-text.js';
import {nodePresetFiles} from '../presets/preset-files.js';
import {interruptDeltas, kvmStatRows, lockContentionRows} from '../trace/reader/side-information.js';

/** Largest table, bytes: reports are some pages long. */
const largest = 4 * 1_048_576;

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
	const rows = lockContentionRows(text).toSorted((a, b) => b.total - a.total);
	const own = rows.filter(({caller}) => caller.includes('virtio'));
	return (own.length > 0 ? own : rows).slice(0, mostRows).map(({contended, average, maximum, type, caller}) =>
		`perf lock contention: ${caller} (${type}) waited ${contended} times, ${microseconds(average)} on average, ${microseconds(maximum)} at most`);
}

function exitLines(text: string): readonly string[] {
	return kvmStatRows(text).toSorted((a, b) => b.samples - a.samples).slice(0, mostRows).map(({reason, samples, average}) =>
		`perf kvm stat: ${reason} ${samples} times, ${microseconds(average)} on average`);
}

function interruptLines(text: string): readonly string[] {
	const second = text.indexOf('CPU0', text.indexOf('CPU0') + 1);
	return second === -1
		? []
		: [...interruptDeltas(text.slice(0, second), text.slice(second), 'virtio')]
			.filter(([, counts]) => counts.some(count => count > 0))
			.map(([label, counts]) => `/proc/interrupts: ${label}: ${counts.map((count, cpu) => `${count} on CPU ${cpu}`).join(', ')}`);
}

function microseconds(time: number): string {
	return `${Number((time / 1000).toPrecision(3))} us`;
}

function headOf(file: string): string {
	const bytes = readBytes(nodePresetFiles(), file, largest);
	return new TextDecoder().decode(bytes);
}
