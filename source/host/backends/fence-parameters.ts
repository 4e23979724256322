import {type Choice, type Parameter} from '../../parameters/parameter.js';

/**
Values of `driver.fenceContexts`. `globalFences`: a fence signals only when all
before it have, of whatever context.
*/
const fenceContextChoices = [
	{
		value: 'per-context',
		sets: {globalFences: false},
		words:
			"Each context has a fence timeline of its own: a fence signals when the GPU is done with that context's " +
			'work before it.',
		functions: 'VIRTIO_GPU_FLAG_INFO_RING_IDX, virgl_renderer_context_create_fence',
		versions:
			'Linux 5.16 and later with context_init, virglrenderer 0.9.1 and later, and a VMM that passes ring_idx on',
		moves: 'nothing: a context waits for itself',
		noHelp: 'with one context',
		source: 'Linux virtgpu_fence.c, virtgpu_submit.c; virglrenderer !501',
	},
	{
		value: 'global',
		sets: {globalFences: true},
		words: 'All fences are on one timeline: a fence signals only when all that were created before it have.',
		functions: 'virgl_renderer_create_fence, virgl_write_fence: every fence up to the id that has signalled',
		versions: 'drivers before 5.16, virgl contexts without context_init, QEMU up to 10.0',
		moves: 'the GPU time of a slow context into the fence stage of all others',
		noHelp: 'it never helps; it costs nothing with one context',
		source: 'virglrenderer !501, #208',
	},
] as const satisfies readonly Choice[];

/** Which fences wait for which. */
export const fenceParameters = [
	{
		key: 'driver.fenceContexts',
		label: 'fence contexts',
		group: 'driver',
		type: 'choice',
		unit: 'choice',
		choices: fenceContextChoices,
		default: 'per-context',
		provenance: {
			kind: 'source code',
			source:
				'Linux 5.16 and later with VIRTIO_GPU_F_CONTEXT_INIT: virtio_gpu_fence_alloc with base_fence_ctx ' +
				'and ring_idx',
		},
		knob: {by: 'driver', how: 'context_init: a guest kernel from 5.16 on and virglrenderer with contexts'},
		words:
			'Whether the fences of a client (a GPU context) wait for those of others. The GPU runs contexts side by ' +
			'side either way, and the work of one in order.',
		effect: 'reset',
		metrics: ['latency.stages.fence.mean', 'latency.p99'],
	},
] as const satisfies readonly Parameter[];
