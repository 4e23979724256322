import {type Choice, microsecond, millisecond, second, type Parameter} from '../../parameters/parameter.js';
import {spreadAbout, spreads, withSpread} from '../../parameters/spread.js';
import {deviceCostParameters} from './device-cost-parameters.js';

/**
How the fences of a device complete, when the backend that implements
virgl says how it hears of them.
*/
function fenceOf(_: unknown, {virgl, virglFence}: {readonly virgl: boolean; readonly virglFence: string}): string {
	return virgl ? virglFence : 'sync';
}

/** The values of `device.kind` that are a GPU. */
export const gpuKinds = [
	{
		value: '2d',
		sets: {virgl: false},
		words: 'Every command completes in the bottom half that processes it, fenced ones too.',
		functions: 'virtio_gpu_handle_ctrl, virtio_gpu_simple_process_cmd',
		versions: 'QEMU virtio-gpu-pci, virtio-vga',
		moves: 'all work into the main loop, under the BQL',
		noHelp: 'a guest that wants 3D renders by itself',
		source: 'QEMU hw/display/virtio-gpu.c',
	},
	{
		value: 'virgl',
		sets: {virgl: true},
		words: 'The GPU works after the command; a fenced command completes when its fence is seen.',
		functions: 'virtio_gpu_gl_handle_ctrl, virtio_gpu_virgl_process_cmd, virgl_renderer_create_fence',
		versions: 'QEMU virtio-gpu-gl-pci, virtio-vga-gl',
		moves: 'fenced completions from the bottom half to the fence poll or callback (stage fence)',
		noHelp: 'unfenced commands still complete in the bottom half',
		source: 'QEMU hw/display/virtio-gpu-gl.c, virtio-gpu-virgl.c',
	},
] as const satisfies readonly Choice[];

/** The device model: what a command costs on the host and when its fence is done. */
export const deviceParameters = [
	{
		key: 'device.fence',
		label: 'fences',
		group: 'device',
		type: 'choice',
		unit: 'choice',
		choices: [
			{
				value: 'sync',
				sets: {fencePolled: false, fenceAsync: false},
				words: 'A fenced command is done when process_cmd returns.',
				functions: 'virtio_gpu_process_cmdq, virtio_gpu_ctrl_response',
				versions: 'the 2D device of every QEMU',
				moves: 'nothing waits for a fence',
				noHelp: 'it is no setting of a real virgl device: use it to take fences out of a question',
				source: 'QEMU hw/display/virtio-gpu.c',
			},
			{
				value: 'poll',
				sets: {fencePolled: true, fenceAsync: false},
				words: 'Fences are looked at when a bottom half ends and by a timer every device.fencePoll.',
				functions: 'virtio_gpu_virgl_fence_poll, virgl_renderer_poll, fence_poll timer',
				versions: 'QEMU virgl, 5.2 to 10.0 as read; crosvm of 2018 and 2019 (every 1 ms)',
				moves:
					'up to a poll period into the stage fence; every kick polls too, so fewer kicks can mean later ' +
					'fences',
				noHelp: 'when a steady stream of kicks polls more often than the timer',
				source: 'QEMU hw/display/virtio-gpu-virgl.c',
			},
			{
				value: 'async',
				sets: {fencePolled: false, fenceAsync: true},
				words:
					"The renderer reports a fence; QEMU's main loop completes it in a bottom half, the worker of " +
					'another backend in its fence handler.',
				functions: 'async_fence_bh, VIRGL_RENDERER_ASYNC_FENCE_CB; vg_virgl_poll; crosvm event_poll',
				versions:
					'QEMU master as read, with an EGL display and virglrenderer 1.1.2 or later, not in 10.0; ' +
					'vhost-user-gpu, crosvm, libkrun',
				moves: 'the poll delay into a wake-up of the main loop (host.cost.loopWake)',
				noHelp: 'when the GPU itself is the slow part',
				source: 'Dmitry Osipenko, <20250601135709.847395-5-dmitry.osipenko@collabora.com>',
			},
		],
		automatic: {
			word: 'auto',
			value: fenceOf,
			words: 'sync for a 2d device; for virgl poll with QEMU, async with other backends',
		},
		default: 'auto',
		provenance: {kind: 'source code', source: 'QEMU hw/display/virtio-gpu.c and virtio-gpu-virgl.c'},
		knob: {
			by: 'device',
			how: 'the VMM: a fence thread of virglrenderer (async) or the timer of virtio_gpu_virgl_fence_poll',
		},
		words: 'When the host finds out that a fenced command is done. A 2d device has sync only.',
		effect: 'reset',
		metrics: ['latency.stages.fence.mean', 'frames.<client>.missed'],
	},
	{
		key: 'device.fencePoll',
		sets: 'fencePoll',
		label: 'fence poll',
		group: 'device',
		type: 'duration',
		unit: 'duration',
		min: 10 * microsecond,
		max: second,
		default: 10 * millisecond,
		provenance: {kind: 'source code', source: 'QEMU virtio_gpu_fence_poll: timer_mod(now + 10 ms)'},
		knob: {by: 'device', how: 'the VMM: the period of virtio_gpu_virgl_fence_poll (10 ms in QEMU)'},
		words:
			'Period of the fence timer while commands or fences are pending; every kick arms it anew. Used with ' +
			'device.fence=poll only.',
		effect: 'next-use',
		metrics: ['latency.stages.fence.mean', 'frames.<client>.missed'],
	},
	{
		key: 'device.gpuTime',
		sets: 'gpu',
		byCommand: true,
		label: 'GPU time',
		group: 'device',
		type: 'distribution',
		unit: 'duration a fenced command',
		min: 0,
		max: second,
		default: spreadAbout(300 * microsecond, spreads.gpu),
		provenance: withSpread({kind: 'assumed', source: 'a light frame; no published figure a command'}, spreads.gpu),
		words:
			'Time of the GPU from the end of process_cmd until the fence of a fenced command is signalled. Used by ' +
			'virgl with poll or async.',
		effect: 'next-use',
		metrics: ['latency.stages.fence.mean'],
	},
	...deviceCostParameters,
] as const satisfies readonly Parameter[];
