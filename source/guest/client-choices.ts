import {type Choice} from '../parameters/parameter.js';

/** Values of `notify` of a client or step. */
export const notifyChoices = [
	{
		value: 'end',
		words: 'After the last command of a step.',
		functions: 'virtio_gpu_notify at the end of an ioctl or of a plane update',
		versions: 'Linux 5.7 and later',
		moves: 'the doorbells of a step into one',
		noHelp: 'with kick-under-lock and kick-after-unlock, which ring by themselves',
		source: 'Linux 6.12 virtgpu_ioctl.c, virtgpu_plane.c',
	},
	{
		value: 'each',
		words: 'After each command.',
		functions: 'virtio_gpu_notify behind every virtio_gpu_cmd_*',
		versions: 'Linux 5.7 and later, by caller',
		moves: 'nothing into batches: a doorbell and a second lock round trip a command',
		noHelp: 'with kick-under-lock and kick-after-unlock, which ring by themselves',
		source: 'Linux 6.12 virtgpu_vq.c',
	},
	{
		value: 'none',
		words: 'Never: the commands wait until somebody else notifies, or the ring is full.',
		functions: 'virtio_gpu_notify is left to a later caller',
		versions: 'Linux 5.7 and later, by caller',
		moves: 'the doorbell to the next step that notifies',
		noHelp: 'when nobody notifies: the commands stay unseen',
		source: 'Linux 6.12 virtgpu_vq.c',
	},
] as const satisfies readonly Choice[];

/** Values of `wait` of a client or step. */
export const waitChoices = [
	{
		value: 'none',
		words: 'For nothing.',
		functions: 'the caller goes on',
		versions: 'all',
		moves: 'the limit on commands in flight to the ring',
		noHelp: 'with an open or paced client that is slower than the device',
		source: 'Linux virtgpu_ioctl.c',
	},
	{
		value: 'response',
		words: 'For the responses of all that the thread has submitted to the control queue.',
		functions: 'wait_event on the response callback',
		versions: 'all',
		moves: 'the limit on commands in flight to a round of the loop',
		noHelp: 'when the ring is the limit anyway',
		source: 'Linux virtgpu_vq.c, virtgpu_ioctl.c',
	},
	{
		value: 'fence',
		words: 'For the fences of all fenced commands that the thread has submitted.',
		functions: 'dma_fence_wait, drm_gem_dma_resv_wait',
		versions: 'all',
		moves: 'the wait from the response to the GPU',
		noHelp: 'with device.fence=sync, where a fence signals with the response',
		source: 'Linux virtgpu_fence.c, virtgpu_ioctl.c',
	},
] as const satisfies readonly Choice[];
