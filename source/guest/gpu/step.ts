import {gpu} from '../../devices/gpu/profile.js';
import {stepsWith} from '../step.js';

/**
Steps of the guest's threads, those of the driver (virtgpu_vq.c and virtgpu_gem.c) among them.
*/
export const step = stepsWith(gpu.driverSteps);
