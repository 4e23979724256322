import {type ChromeEvent} from './lanes.js';

/** Processes of the export. */
export const guestProcess = 1;
export const hostProcess = 2;

/** Lanes by thread id. Threads of the guest: `guestThreads` + number; vCPUs likewise. */
export const lane = {
	qlock: 10,
	vcpu: 20,
	irq: 100,
	guestThreads: 200,
	mainLoop: 10,
	mainLoopCpu: 11,
	bql: 12,
	vcpuThreads: 20,
} as const;

/** Whose lanes an export has. */
export type Cast = {
	readonly vcpus: number;
	/** The guest's threads. */
	readonly threads: ReadonlyArray<{readonly comm: string}>;
	/** Names of the locks whose owners are drawn, by queue. */
	readonly locks: readonly string[];
	/** The thread that serves the device. */
	readonly server: string;
};

/** The names of processes and lanes, in the order of their numbers. */
export function laneNames({vcpus, threads, locks, server}: Cast): readonly ChromeEvent[] {
	const named: Array<readonly [number, number, string]> = locks.map(
		(name, queue) => [guestProcess, lane.qlock + queue, `${name} owner`] as const,
	);
	for (let vcpu = 0; vcpu < vcpus; vcpu++) {
		named.push(
			[guestProcess, lane.vcpu + vcpu, `vCPU ${vcpu}`],
			[guestProcess, lane.irq + vcpu, `vCPU ${vcpu} IRQ`],
			[hostProcess, lane.vcpuThreads + vcpu, `CPU ${vcpu}/KVM`],
		);
	}

	for (const [thread, {comm}] of threads.entries()) {
		named.push([guestProcess, lane.guestThreads + thread, comm]);
	}

	named.push(
		[hostProcess, lane.mainLoop, server],
		[hostProcess, lane.mainLoopCpu, `${server} on CPU`],
		[hostProcess, lane.bql, 'BQL owner'],
	);
	const process = (pid: number, name: string): ChromeEvent => ({
		name: 'process_name',
		ph: 'M',
		pid,
		tid: 0,
		args: {name},
	});
	return [
		process(guestProcess, 'guest'),
		process(hostProcess, 'host'),
		...named.flatMap(([pid, tid, name]): ChromeEvent[] => [
			{
				name: 'thread_name',
				ph: 'M',
				pid,
				tid,
				args: {name},
			},
			{
				name: 'thread_sort_index',
				ph: 'M',
				pid,
				tid,
				args: {sort_index: tid},
			},
		]),
	];
}
