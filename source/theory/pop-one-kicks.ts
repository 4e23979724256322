import {exponential} from '../engine/logarithm.js';

/**
Doorbells a second with EVENT_IDX at a host that pops one command, serves it, and pops the next
(QEMU's cursor queue, crosvm, vhost-user-gpu), Poisson arrivals and no wake delay: a command rings
when at most one is in the system. `rate` per second, `load` below 1.
*/
export function popOneKicks(rate: number, load: number, service: 'exponential' | 'constant'): number {
	return service === 'exponential' ? rate * (1 - load * load) : rate * (1 - load) * exponential(load);
}
