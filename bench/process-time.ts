import {readFileSync} from 'node:fs';

/** Ticks of the kernel's process accounting a second (USER_HZ). */
const ticks = 100;

/** CPU time of a process with all its threads, s. Linux. */
export function processorTime(pid: number): number {
	const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// Behind the name, which may hold anything: utime and stime are fields 14 and 15.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticks;
}

/** How often the threads of a process have gone to sleep by themselves. Linux. */
export function wakeUps(pid: number): number {
	return Number(/^voluntary_ctxt_switches:\s+(\d+)/mv.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** Resident memory, MB. Linux. */
export function residentMemory(pid: number): number {
	return Number(/^VmRSS:\s+(\d+)/mv.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
