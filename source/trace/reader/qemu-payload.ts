import {type CommandName} from '../../devices/gpu/commands.js';
import {ascii} from './characters.js';
import {textOf} from './byte-words.js';
import {NameTable} from './name-table.js';
import {integerAt, keyOf} from './payload-fields.js';
import {type PayloadReader} from './payload-reader.js';
import {type Payload} from './trace-event.js';

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

/** Addresses of rings and elements: elements come again too, QEMU's allocator being what it is. */
const addresses = new NameTable<undefined>(() => undefined);

const key = {
	vdev: keyOf('vdev'),
	n: keyOf('n'),
	vq: keyOf('vq'),
	element: keyOf('elem'),
	into: keyOf('in_num'),
	out: keyOf('out_num'),
	count: keyOf('count'),
} as const;

/**
Names of QEMU's events and how their payloads are read: `vq 0x7f4b`, simpletrace's `vq=0x7f4b` and
LTTng's `{ vq = 0x7f4b }` alike.
*/
const readers: ReadonlyMap<string, PayloadReader> = new Map<string, PayloadReader>([
	['virtio_queue_notify', queueNotify],
	['virtqueue_pop', pop],
	['virtqueue_fill', fill],
	['virtqueue_flush', flush],
	['virtio_notify', notify],
	['virtio_notify_irqfd', notify],
	['virtio_gpu_update_cursor', (bytes, start, end) => updateCursor(textOf(bytes, start, end))],
	['virtio_gpu_fence_ctrl', (bytes, start, end) => fence('ctrl', textOf(bytes, start, end))],
	['virtio_gpu_fence_resp', (bytes, start, end) => fence('resp', textOf(bytes, start, end))],
	...Object.entries(mutexEdges).map(([name, what]): [string, PayloadReader] => [
		name,
		(bytes, start, end) => mutex(what, textOf(bytes, start, end)),
	]),
	...[...commandEvents].map(([name, command]): [string, PayloadReader] => {
		const payload: Payload = {name: 'gpu_command', command};
		return [name, () => payload];
	}),
]);

/** QEMU events that are known by name and carry nothing of use here. */
const others = new Set([
	'virtio_pci_notify_write',
	'virtio_pci_notify_write_pio',
	'virtio_pci_notify',
	'virtio_mmio_queue_write',
	'virtio_mmio_write_offset',
	'virtio_set_status',
	'kvm_run_exit',
	'kvm_vcpu_ioctl',
	'memory_region_ops_write',
	'memory_region_ops_read',
	'virtio_gpu_inc_inflight_fences',
	'virtio_gpu_dec_inflight_fences',
	'virtio_gpu_cmd_suspended',
	'virtio_gpu_features3d',
]);

/** Whether a word names a QEMU event, which a plain log has at the start of its lines. */
export function isQemuEvent(event: string): boolean {
	return readers.has(event) || others.has(event) || /^virt(?:queue|io)_[a-z]\w*$/v.test(event);
}

/** How the payload of a QEMU event is read; null for events that carry nothing of use. */
export function qemuPayload(event: string): PayloadReader | null {
	return readers.get(event) ?? null;
}

/** Whether a byte stands between words of a payload in any of the formats. */
function isBetween(byte: number): boolean {
	return (
		byte === ascii.space ||
		byte === ascii.equals ||
		byte === ascii.comma ||
		byte === 0x7b ||
		byte === 0x7d ||
		byte === ascii.tab
	);
}

/**
The fields of one payload. Keys are looked for behind the one that was found last, and then from the
start, so that keys in their usual order cost one pass.
*/
class QemuFields {
	private bytes: Uint8Array = new Uint8Array(0);
	private start = 0;
	private end = 0;
	private at = 0;

	open(bytes: Uint8Array, start: number, end: number): void {
		this.bytes = bytes;
		this.start = start;
		this.end = end;
		this.at = start;
	}

	/** Where the value that follows a key starts, or -1. */
	value(which: Uint8Array): number {
		const found = this.seek(this.at, which);
		return found < 0 && this.at > this.start ? this.seek(this.start, which) : found;
	}

	number(which: Uint8Array): number {
		const at = this.value(which);
		return at < 0 ? Number.NaN : integerAt(this.bytes, at, this.end);
	}

	private seek(from: number, which: Uint8Array): number {
		const {bytes, end} = this;
		let at = from;
		while (at < end) {
			while (at < end && isBetween(bytes[at])) {
				at++;
			}

			const word = at;
			while (at < end && !isBetween(bytes[at])) {
				at++;
			}

			let i = 0;
			while (i < which.length && word + i < at && bytes[word + i] === which[i]) {
				i++;
			}

			if (i === which.length && word + i === at) {
				while (at < end && isBetween(bytes[at])) {
					at++;
				}

				this.at = at;
				return at < end ? at : -1;
			}
		}

		return -1;
	}
}

const fields = new QemuFields();

function wordAt(bytes: Uint8Array, start: number, end: number): string {
	let last = start;
	while (last < end && !isBetween(bytes[last])) {
		last++;
	}

	return addresses.text(bytes, start, Math.min(last, start + 20));
}

function queueNotify(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	fields.open(bytes, start, end);
	const device = fields.value(key.vdev);
	const queue = fields.number(key.n);
	const vq = fields.value(key.vq);
	return device < 0 || vq < 0 || Number.isNaN(queue)
		? undefined
		: {
				name: 'virtio_queue_notify',
				device: wordAt(bytes, device, end),
				queue,
				vq: wordAt(bytes, vq, end),
			};
}

function pop(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	fields.open(bytes, start, end);
	const vq = fields.value(key.vq);
	const segmentsIn = fields.number(key.into);
	const segmentsOut = fields.number(key.out);
	return vq < 0 || Number.isNaN(segmentsIn + segmentsOut)
		? undefined
		: {
				name: 'virtqueue_pop',
				vq: wordAt(bytes, vq, end),
				segmentsIn,
				segmentsOut,
			};
}

function fill(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	fields.open(bytes, start, end);
	const vq = fields.value(key.vq);
	return vq < 0 || fields.value(key.element) < 0 ? undefined : {name: 'virtqueue_fill', vq: wordAt(bytes, vq, end)};
}

function flush(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	fields.open(bytes, start, end);
	const vq = fields.value(key.vq);
	const count = fields.number(key.count);
	return vq < 0 || Number.isNaN(count) ? undefined : {name: 'virtqueue_flush', vq: wordAt(bytes, vq, end), count};
}

function notify(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	fields.open(bytes, start, end);
	const device = fields.value(key.vdev);
	const vq = fields.value(key.vq);
	return device < 0 || vq < 0
		? undefined
		: {name: 'virtio_notify', device: wordAt(bytes, device, end), vq: wordAt(bytes, vq, end)};
}

function updateCursor(text: string): Payload | undefined {
	const [, what] = /[\s,="](move|update)(?:$|[\s,"])/v.exec(text) ?? [];
	return what === undefined
		? undefined
		: {name: 'gpu_command', command: what === 'move' ? 'MOVE_CURSOR' : 'UPDATE_CURSOR'};
}

function fence(what: 'ctrl' | 'resp', text: string): Payload | undefined {
	const [, id] = /\bfence(?: ?= ?| )((?:0x)?[\da-f]{1,20})/iv.exec(text) ?? [];
	return id === undefined ? undefined : {name: 'gpu_fence', what, fence: id};
}

function mutex(what: 'waiting' | 'taken' | 'released', text: string): Payload | undefined {
	const [, address] = /mutex(?: ?= ?| )(\S{1,20})/v.exec(text) ?? [];
	return address === undefined ? undefined : {name: 'bql', what, mutex: address};
}
