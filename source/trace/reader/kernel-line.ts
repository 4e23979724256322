import {
	isDigit, skipDigits, skipNameCharacters, skipSpaces,
} from './characters.js';

/** The parts of a line of ftrace, trace-cmd report or perf script. */
export type KernelLine = {
	readonly comm: string;
	readonly pid: string;
	readonly cpu: string;
	/** Ftrace's flags; null where the layout has none. */
	readonly flags: string | null;
	readonly seconds: string;
	readonly fraction: string;
	/** Name of the event, with its system where perf writes it. */
	readonly event: string;
	readonly text: string;
};

/** Comm-pid (tgid) [cpu] flags secs.usecs: event: payload: ftrace and trace-cmd report. */
const kernelLine = /^(.+?)-(\d{1,10})\s+(?:\(\s*[\-\d]+\)\s+)?\[(\d{1,5})\]\s+(?:([^\s:]{1,9})\s+)?(\d{1,12})[.,](\d{1,9}):\s+([\w\-]+(?::[\w\-]+)?):\s?(.*)$/sv;

/** Comm tid [cpu] secs.usecs: system:event: payload: perf script; guest samples have VM: and VCPU: in front. */
const perfLine = /^(?:VM:\s*\d+\s+VCPU:\s*\d+\s+)?(.*?)\s+(?:\d{1,10}\/)?(\d{1,10})\s+\[(\d{1,5})\]\s+(?:[^\s:]{1,9}\s+)?(\d{1,12})[.,](\d{1,9}):\s+(?:\d+\s+)?([\w\-]+(?::[\w\-]+)?):\s?(.*)$/sv;

/** Takes a line apart, or null when it has neither layout. The line begins with no space. */
export function kernelLineOf(line: string): KernelLine | null {
	return plainLine(line) ?? kernelMatch(line) ?? perfMatch(line);
}

/**
The lines that make up nearly all of a recording, without the regular expressions, which
take most of the time of reading one: the first bracket is around the CPU, and spaces are all
that separates. Null for any other; the expressions have the last word on those.
*/
function plainLine(line: string): KernelLine | null {
	const bracket = line.indexOf('[');
	const cpuEnd = skipDigits(line, bracket + 1);
	if (bracket < 4 || cpuEnd === bracket + 1 || cpuEnd > bracket + 6 || line[cpuEnd] !== ']' || line[cpuEnd + 1] !== ' ' || line[bracket - 1] !== ' ') {
		return null;
	}

	const pidEnd = backOverSpaces(line, bracket);
	let pidStart = pidEnd;
	while (pidStart > 0 && isDigit(line, pidStart - 1)) {
		pidStart--;
	}

	const isPerf = line[pidStart - 1] === ' ';
	if (pidStart === pidEnd || pidEnd - pidStart > 10 || pidStart < 2 || !(isPerf || line[pidStart - 1] === '-') || line.startsWith('VM:')) {
		return null;
	}

	let at = skipSpaces(line, cpuEnd + 1);
	let flags: string | null = null;
	let point = skipDigits(line, at);
	if (line[point] !== '.' || !isDigit(line, point + 1)) {
		const flagsEnd = line.indexOf(' ', at);
		if (flagsEnd === -1 || flagsEnd - at > 9) {
			return null;
		}

		flags = line.slice(at, flagsEnd);
		at = skipSpaces(line, flagsEnd);
		point = skipDigits(line, at);
	}

	const stampEnd = skipDigits(line, point + 1);
	const isStamp = point > at && point - at <= 12 && line[point] === '.' && stampEnd > point + 1 && stampEnd <= point + 10 && line[stampEnd] === ':' && line[stampEnd + 1] === ' ';
	if (!isStamp || flags?.includes(':') === true) {
		return null;
	}

	const name = skipSpaces(line, stampEnd + 1);
	let nameEnd = skipNameCharacters(line, name);
	if (line[nameEnd] === ':' && line[nameEnd + 1] !== ' ') {
		nameEnd = skipNameCharacters(line, nameEnd + 1);
	}

	return nameEnd === name || line[nameEnd] !== ':' || line[nameEnd + 1] !== ' '
		? null
		: {
			comm: line.slice(0, isPerf ? backOverSpaces(line, pidStart) : pidStart - 1),
			pid: line.slice(pidStart, pidEnd),
			cpu: line.slice(bracket + 1, cpuEnd),
			flags: isPerf ? null : flags,
			seconds: line.slice(at, point),
			fraction: line.slice(point + 1, stampEnd),
			event: line.slice(name, nameEnd),
			text: line.slice(nameEnd + 2),
		};
}

/** Before the spaces that end at `at`. */
function backOverSpaces(line: string, at: number): number {
	let end = at;
	while (end > 0 && line[end - 1] === ' ') {
		end--;
	}

	return end;
}

function kernelMatch(line: string): KernelLine | null {
	const match = kernelLine.exec(line);
	if (match === null) {
		return null;
	}

	const [, comm, pid, cpu, flags, seconds, fraction, event, text] = match;
	return {
		comm, pid, cpu, flags: flags ?? null, seconds, fraction, event, text,
	};
}

function perfMatch(line: string): KernelLine | null {
	const match = perfLine.exec(line);
	if (match === null) {
		return null;
	}

	const [, comm, pid, cpu, seconds, fraction, event, text] = match;
	return {
		comm, pid, cpu, flags: null, seconds, fraction, event, text,
	};
}
