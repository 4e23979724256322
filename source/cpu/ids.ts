import {type Brand} from '../engine/brand.js';

/** A thread's number among those of its CPU set: its place in `CpuSet.threads`. */
export type ThreadId = Brand<'thread'>;

/** A CPU's number in its set. */
export type CpuId = Brand<'cpu'>;

/** A vCPU: a CPU of the guest. The thread of the host that runs it has an id of its own. */
export type VcpuId = CpuId;

/** In place of a thread or a CPU: none. */
export const nobody = -1 as CpuId & ThreadId;
