import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {devices} from '../../source/simulation/devices.js';

const source = fileURLToPath(new URL('../../source/', import.meta.url));

/**
Functions of the driver on a command's way, each with the file where it is the
name of a step or of a function.
*/
const functions: Readonly<Record<string, string>> = {
	virtio_gpu_get_vbuf: 'guest/gpu/vbuf.ts',
	free_vbuf: 'guest/gpu/vbuf.ts',
	virtio_gpu_queue_ctrl_sgs: 'devices/gpu/profile.ts',
	virtio_gpu_queue_ctrl_buffer: 'guest/gpu/submission.ts',
	virtio_gpu_queue_fenced_ctrl_buffer: 'guest/gpu/submission.ts',
	virtio_gpu_queue_ctrl_buffer_locked: 'guest/gpu/submission.ts',
	virtio_gpu_queue_cursor: 'devices/gpu/profile.ts',
	virtio_gpu_disable_notify: 'guest/gpu/notify.ts',
	virtio_gpu_enable_notify: 'guest/gpu/notify.ts',
	virtio_gpu_notify: 'guest/gpu/notify.ts',
	virtio_gpu_ctrl_ack: 'guest/gpu/virtio-gpu-driver.ts',
	virtio_gpu_cursor_ack: 'guest/gpu/virtio-gpu-driver.ts',
	virtio_gpu_dequeue_ctrl_func: 'guest/gpu/dequeue-work.ts',
	virtio_gpu_dequeue_cursor_func: 'guest/gpu/dequeue-work.ts',
	reclaim_vbufs: 'guest/gpu/dequeue-work.ts',
	virtio_gpu_fence_emit: 'guest/gpu/fences.ts',
	virtio_gpu_fence_event_process: 'guest/gpu/fences.ts',
	virtio_gpu_array_add_fence: 'guest/gpu/fences.ts',
	virtio_gpu_array_unlock_resv: 'guest/gpu/fences.ts',
	virtqueue_kick_prepare: 'guest/doorbell.ts',
	vp_notify: 'guest/doorbell.ts',
	virtio_pmem_flush: 'devices/pmem/profile.ts',
	virtio_pmem_host_ack: 'guest/pmem/host-ack.ts',
};

test('each is found by its kernel name', () => {
	const steps = new Set(devices.flatMap(({profile: {driverSteps}}) => Object.values(driverSteps).flat() as string[]));
	const missing = Object.entries(functions).filter(([name, file]) => {
		const text = readFileSync(path.join(source, file), 'utf8');
		const isFunction = new RegExp(String.raw`(?:function |^\t(?:private )?)${name}\(`, 'mv').test(text);
		return !isFunction && !(steps.has(name) && text.includes(`'${name}'`));
	});
	expect(missing).toEqual([]);
});

test("nobody compares a queue's id with a number, or reckons with one", () => {
	const wrong = ['guest', 'host', 'simulation'].flatMap(folder =>
		readdirSync(path.join(source, folder), {recursive: true, encoding: 'utf8'})
			.filter(name => name.endsWith('.ts'))
			.filter(name =>
				/\bqueue(?:\.id|Id)?\b ?(?:===|!==|<|>) ?\d|\b\d ?- ?queue\b|\b(?:queues|locks)\[\d\]/v.test(
					readFileSync(path.join(source, folder, name), 'utf8'),
				),
			)
			.map(name => `${folder}/${name}`),
	);
	expect(wrong).toEqual([]);
});

test('the driver and the device of a GPU know nothing of another', () => {
	const wrong = ['devices/gpu', 'guest/gpu'].flatMap(folder =>
		readdirSync(path.join(source, folder)).filter(name =>
			readFileSync(path.join(source, folder, name), 'utf8').includes('pmem'),
		),
	);
	expect(wrong).toEqual([]);
});
