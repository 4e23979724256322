import {type Cpu} from './cpu.js';
import {type SchedulerSettings} from './scheduler-settings.js';

/**
ns until an idle CPU is back from where it is: somebody polls for a while before it really halts,
its hypervisor (kvm_vcpu_halt, halt_poll_ns) or itself (drivers/cpuidle/governors/haltpoll.c), and
it comes back faster from that.
*/
export function idleExit(cpu: Cpu, settings: SchedulerSettings, now: number): number {
	return now - cpu.idleSince > settings.idlePoll ? settings.idleHalted : settings.idleExit;
}
