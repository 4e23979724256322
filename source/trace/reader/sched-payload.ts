import {Buffer} from 'node:buffer';
import {integerAt, keyOf} from './payload-fields.js';
import {type Payload} from './trace-event.js';
import {textOf, isLabel, lastLabel} from './byte-words.js';
import {names, fields, key} from './guest-fields.js';

const previousComm = keyOf('prev_comm=');
const nextComm = keyOf('next_comm=');
const pidWord = keyOf(' prev_pid=');
const nextPidWord = keyOf(' next_pid=');

/** Bytes that a thread's name has at most (TASK_COMM_LEN). */
const longestComm = 16;

/**
Trace-cmd writes `comm:pid [prio] state ==> comm:pid [prio]`, the kernel
`prev_comm=… ==> next_comm=…`, and raw fields leave the arrow out.
*/
export function schedSwitch(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	const commAt = start + previousComm.length;
	if (end - start < 40 || !isLabel(bytes, start, previousComm) || bytes[start] !== previousComm[0]) {
		return shortSwitch(textOf(bytes, start, end));
	}

	// A name may hold anything, but not much of it: the last of these words that a name
	// leaves room for is the field.
	const pidAt = lastLabel(bytes, commAt, Math.min(end, commAt + longestComm + pidWord.length), pidWord);
	const nextAt = lastLabel(bytes, pidAt, end, nextPidWord);
	fields.open(bytes, Math.max(commAt, pidAt), end);
	const stateAt = fields.seek(key.previousState);
	if (pidAt < 0 || stateAt < 0 || nextAt < 0) {
		return undefined;
	}

	const previousPid = integerAt(bytes, pidAt, end);
	const nextPid = integerAt(bytes, nextAt, end);
	const commEnd = pidAt - pidWord.length;
	let nextFrom = fields.wordEnd(stateAt);
	while (nextFrom < nextAt && !(bytes[nextFrom] === nextComm[0] && isLabel(bytes, nextFrom, nextComm))) {
		nextFrom++;
	}

	if (Number.isNaN(previousPid + nextPid)) {
		return undefined;
	}

	const state = names.text(bytes, stateAt, fields.wordEnd(stateAt));
	return {
		name: 'sched_switch',
		previousComm: names.text(bytes, commAt, commEnd),
		previousPid,
		// TASK_RUNNING is 0.
		previousState: state === '0' || state === '0x0' ? 'R' : state,
		nextComm:
			nextFrom < nextAt
				? names.text(
						bytes,
						nextFrom + nextComm.length,
						Math.max(nextFrom + nextComm.length, nextAt - nextPidWord.length),
					)
				: '',
		nextPid,
	};
}

function shortSwitch(text: string): Payload | undefined {
	const arrow = text.lastIndexOf(' ==> ');
	if (arrow === -1) {
		return undefined;
	}

	const previous = /^(.{0,32}):(\d{1,10}) \[\d+\] (\S{1,10})\s*$/v.exec(text.slice(0, arrow));
	const next = /^(.{0,32}):(\d{1,10}) \[\d+\]/v.exec(text.slice(arrow + 5));
	return previous === null || next === null
		? undefined
		: {
				name: 'sched_switch',
				previousComm: names.text(Buffer.from(previous[1]), 0, Buffer.byteLength(previous[1])),
				previousPid: Number(previous[2]),
				previousState: previous[3],
				nextComm: next[1],
				nextPid: Number(next[2]),
			};
}

/** `sched_wakeup` and `sched_waking`, as trace-cmd writes them and as the kernel does. */
export function schedWakeup(name: 'sched_wakeup' | 'sched_waking', text: string): Payload | undefined {
	const [, comm, pid, cpu] =
		/^comm=(.{0,32}) pid=(\d{1,10}) .*target_cpu=(\d{1,5})/v.exec(text) ??
		/^(.{0,32}):(\d{1,10}) \[\d+\].* CPU:(\d{1,5})/v.exec(text) ??
		[];
	return comm === undefined
		? undefined
		: {
				name,
				wokenComm: comm,
				wokenPid: Number(pid),
				targetCpu: Number(cpu),
			};
}
