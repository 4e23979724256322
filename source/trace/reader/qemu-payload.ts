import {type CommandName} from '../../protocol/commands.js';
import {type Payload} from './trace-event.js';

type Reader = (text: string) => Payload | undefined;

/** QEMU's names of the commands (hw/display/trace-events). */
export const commandEvents: ReadonlyMap<string, CommandName> = new Map<string, CommandName>([
	['virtio_gpu_cmd_get_display_info', 'GET_DISPLAY_INFO'],
	['virtio_gpu_cmd_get_edid', 'GET_EDID'],
	['virtio_gpu_cmd_set_scanout', 'SET_SCANOUT'],
	['virtio_gpu_cmd_set_scanout_blob', 'SET_SCANOUT_BLOB'],
	['virtio_gpu_cmd_res_create_2d', 'RESOURCE_CREATE_2D'],
	['virtio_gpu_cmd_res_create_3d', 'RESOURCE_CREATE_3D'],
	['virtio_gpu_cmd_res_create_blob', 'RESOURCE_CREATE_BLOB'],
	['virtio_gpu_cmd_res_map_blob', 'RESOURCE_MAP_BLOB'],
	['virtio_gpu_cmd_res_unmap_blob', 'RESOURCE_UNMAP_BLOB'],
	['virtio_gpu_cmd_res_unref', 'RESOURCE_UNREF'],
	['virtio_gpu_cmd_res_back_attach', 'RESOURCE_ATTACH_BACKING'],
	['virtio_gpu_cmd_res_back_detach', 'RESOURCE_DETACH_BACKING'],
	['virtio_gpu_cmd_res_xfer_toh_2d', 'TRANSFER_TO_HOST_2D'],
	['virtio_gpu_cmd_res_xfer_toh_3d', 'TRANSFER_TO_HOST_3D'],
	['virtio_gpu_cmd_res_xfer_fromh_3d', 'TRANSFER_FROM_HOST_3D'],
	['virtio_gpu_cmd_res_flush', 'RESOURCE_FLUSH'],
	['virtio_gpu_cmd_ctx_create', 'CTX_CREATE'],
	['virtio_gpu_cmd_ctx_destroy', 'CTX_DESTROY'],
	['virtio_gpu_cmd_ctx_res_attach', 'CTX_ATTACH_RESOURCE'],
	['virtio_gpu_cmd_ctx_res_detach', 'CTX_DETACH_RESOURCE'],
	['virtio_gpu_cmd_ctx_submit', 'SUBMIT_3D'],
]);

const mutexEdges = {qemu_mutex_lock: 'waiting', qemu_mutex_locked: 'taken', qemu_mutex_unlock: 'released'} as const;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
	['virtio_queue_notify', queueNotify],
	['virtqueue_pop', pop],
	['virtqueue_fill', fill],
	['virtqueue_flush', flush],
	['virtio_notify', notify],
	['virtio_notify_irqfd', notify],
	['virtio_gpu_update_cursor', updateCursor],
	['virtio_gpu_fence_ctrl', text => fence('ctrl', text)],
	['virtio_gpu_fence_resp', text => fence('resp', text)],
	...Object.entries(mutexEdges).map(([name, what]): [string, Reader] => [name, text => mutex(what, text)]),
	...[...commandEvents].map(([name, command]): [string, Reader] => [name, () => ({name: 'gpu_command', command})]),
]);

/** QEMU events that are known by name and carry nothing of use here. */
const others = new Set([
	'virtio_pci_notify_write',
	'virtio_pci_notify',
	'virtio_set_status',
	'kvm_run_exit',
	'memory_region_ops_write',
	'memory_region_ops_read',
	'virtio_gpu_inc_inflight_fences',
	'virtio_gpu_dec_inflight_fences',
	'virtio_gpu_cmd_suspended',
	'virtio_gpu_features3d',
]);

/** Whether a word names a QEMU event, which a plain log has at the start of its lines. */
export function isQemuEvent(event: string): boolean {
	return readers.has(event) || others.has(event);
}

/** What a QEMU event says; `other` for names that are not known, undefined for a payload of another form. */
export function qemuPayload(event: string, text: string): Payload | undefined {
	const reader = readers.get(event);
	return reader === undefined ? {name: 'other', event} : reader(text);
}

function queueNotify(text: string): Payload | undefined {
	const [, device, queue, vq] = /^vdev (\S{1,20}) n (\d{1,5}) vq (\S{1,20})/v.exec(text) ?? [];
	return device === undefined
		? undefined
		: {
			name: 'virtio_queue_notify', device, queue: Number(queue), vq,
		};
}

function pop(text: string): Payload | undefined {
	const [, vq, element, into, out] = /^vq (\S{1,20}) elem (\S{1,20}) in_num (\d{1,5}) out_num (\d{1,5})/v.exec(text) ?? [];
	return vq === undefined
		? undefined
		: {
			name: 'virtqueue_pop', vq, element, segmentsIn: Number(into), segmentsOut: Number(out),
		};
}

function fill(text: string): Payload | undefined {
	const [, vq, element] = /^vq (\S{1,20}) elem (\S{1,20}) len \d+ idx \d+/v.exec(text) ?? [];
	return vq === undefined ? undefined : {name: 'virtqueue_fill', vq, element};
}

function flush(text: string): Payload | undefined {
	const [, vq, count] = /^vq (\S{1,20}) count (\d{1,6})/v.exec(text) ?? [];
	return vq === undefined ? undefined : {name: 'virtqueue_flush', vq, count: Number(count)};
}

function notify(text: string): Payload | undefined {
	const [, device, vq] = /^vdev (\S{1,20}) vq (\S{1,20})/v.exec(text) ?? [];
	return device === undefined ? undefined : {name: 'virtio_notify', device, vq};
}

function updateCursor(text: string): Payload | undefined {
	const [, what] = /^scanout \d+, x -?\d+, y -?\d+, (move|update)/v.exec(text) ?? [];
	return what === undefined ? undefined : {name: 'gpu_command', command: what === 'move' ? 'MOVE_CURSOR' : 'UPDATE_CURSOR'};
}

function fence(what: 'ctrl' | 'resp', text: string): Payload | undefined {
	const [, id] = /^fence (0x[\da-f]{1,16})/iv.exec(text) ?? [];
	return id === undefined ? undefined : {name: 'gpu_fence', what, fence: id};
}

function mutex(what: 'waiting' | 'taken' | 'released', text: string): Payload | undefined {
	const [, address] = /mutex (\S{1,20})/v.exec(text) ?? [];
	return address === undefined ? undefined : {name: 'bql', what, mutex: address};
}
