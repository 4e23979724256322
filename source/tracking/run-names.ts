import {type Simulation} from '../simulation/simulation.js';

/**
pid of the first client thread of an exported run, and of the kworker and the ksoftirqd of vCPU 0.
*/
const firstPid = 1000;
const firstWorkerPid = 50;
const firstSoftirqPid = 200;
const gracePeriodPid = 17;

/** A guest thread as the guest would name it. */
export type GuestThreadName = {readonly comm: string; readonly pid: number};

/**
Names of the guest's threads, by number: clients as `game` or `game-1`, then a kworker per vCPU,
then a ksoftirqd per vCPU, then the RCU kthread.
*/
export function guestThreadNames(simulation: Simulation): readonly GuestThreadName[] {
	const {clients} = simulation.configuration;
	const {core} = simulation.state.guest;
	const names: GuestThreadName[] = [];
	for (const client of clients) {
		for (let i = 0; i < client.threads; i++) {
			const comm = client.threads === 1 ? client.name : `${client.name}-${i}`;
			// A comm has 15 bytes (TASK_COMM_LEN).
			names.push({comm: comm.slice(0, 15), pid: firstPid + names.length});
		}
	}

	for (let vcpu = 0; vcpu < core.cpus.cpus.length; vcpu++) {
		names.push({comm: `kworker/${vcpu}:0`, pid: firstWorkerPid + vcpu});
	}

	for (let vcpu = 0; vcpu < core.cpus.cpus.length; vcpu++) {
		names.push({comm: `ksoftirqd/${vcpu}`, pid: firstSoftirqPid + vcpu});
	}

	names.push({comm: 'rcu_preempt', pid: gracePeriodPid});
	return names;
}

export const queueNames = ['control', 'cursor'] as const;

/** What a thread took a qlock for, by `lockRole`. */
export const roleNames = ['submit', 'notify', 'worker'] as const;
