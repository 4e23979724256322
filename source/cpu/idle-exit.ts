import {type Cpu} from './cpu.js';
import {type SchedulerSettings} from './scheduler-settings.js';

/** ns until an idle CPU is back from where it is: it polls for a while before it halts (drivers/cpuidle/governors/haltpoll.c), and comes back faster from that. */
export function idleExit(cpu: Cpu, settings: SchedulerSettings, now: number): number {
	return now - cpu.idleSince > settings.idlePoll ? settings.idleHalted : settings.idleExit;
}
