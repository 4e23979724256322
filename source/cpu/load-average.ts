import {type Cpu} from './cpu.js';
import {type Thread, threadState} from './thread.js';

/** A period of the average, 1024 us in ns. */
const period = 1_048_576;
/** y of kernel/sched/pelt.c: 32 periods halve what is old. */
const perPeriod = 0.978_572_062_087_700_1;
/** y to the power of its index; what is older than 345 periods does not count. */
const powers = new Float64Array(345);
powers[0] = 1;
for (let n = 1; n < powers.length; n++) {
	powers[n] = powers[n - 1] * perPeriod;
}

/** The share that is left after `passed` ns; straight lines between whole periods. decay_load. */
export function decay(passed: number): number {
	const n = Math.floor(passed / period);
	return n >= powers.length ? 0 : powers[n] * (1 - (passed / period - n) * (1 - perPeriod));
}

/**
Brings the thread's load average up to date: the share of time that it wanted a CPU, the
last 32 ms weighing as much as all before (`load_avg` of a thread of weight 1024, in
shares of it). To be called before its state changes. __update_load_avg_se.
*/
export function accrueThread(thread: Thread, now: number): void {
	const wants = thread.state === threadState.sleeping && !thread.delayed ? 0 : 1;
	thread.load = wants + (thread.load - wants) * decay(now - thread.loadAt);
	thread.loadAt = now;
}

/**
The same for a CPU: the sum over the threads that belong to it, the sleeping ones among them. To be
called before `runnable` changes. __update_load_avg_cfs_rq.
*/
export function accrueCpu(cpu: Cpu, now: number): void {
	cpu.load = cpu.runnable + (cpu.load - cpu.runnable) * decay(now - cpu.loadAt);
	cpu.loadAt = now;
}

/**
A thread goes to another CPU and takes its average along. Its state says whether it wants one.
*/
export function moveLoad(thread: Thread, from: Cpu, to: Cpu, now: number): void {
	accrueThread(thread, now);
	accrueCpu(from, now);
	accrueCpu(to, now);
	from.load -= thread.load;
	to.load += thread.load;
	if (thread.state !== threadState.sleeping) {
		from.runnable--;
		to.runnable++;
	}
}
