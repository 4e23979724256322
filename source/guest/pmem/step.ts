import {pmem} from '../../devices/pmem/profile.js';
import {stepsWith} from '../step.js';

/** Steps of the guest's threads, those of the driver (nd_virtio.c) among them. */
export const step = stepsWith(pmem.driverSteps);
