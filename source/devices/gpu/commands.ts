/**
Names of the virtio-gpu commands without the prefix `VIRTIO_GPU_CMD_`, in the order of their codes.
Source: include/uapi/linux/virtio_gpu.h, `enum virtio_gpu_ctrl_type`.
*/
export const commandNames = [
	'GET_DISPLAY_INFO',
	'RESOURCE_CREATE_2D',
	'RESOURCE_UNREF',
	'SET_SCANOUT',
	'RESOURCE_FLUSH',
	'TRANSFER_TO_HOST_2D',
	'RESOURCE_ATTACH_BACKING',
	'RESOURCE_DETACH_BACKING',
	'GET_CAPSET_INFO',
	'GET_CAPSET',
	'GET_EDID',
	'RESOURCE_ASSIGN_UUID',
	'RESOURCE_CREATE_BLOB',
	'SET_SCANOUT_BLOB',
	'CTX_CREATE',
	'CTX_DESTROY',
	'CTX_ATTACH_RESOURCE',
	'CTX_DETACH_RESOURCE',
	'RESOURCE_CREATE_3D',
	'TRANSFER_TO_HOST_3D',
	'TRANSFER_FROM_HOST_3D',
	'SUBMIT_3D',
	'RESOURCE_MAP_BLOB',
	'RESOURCE_UNMAP_BLOB',
	'UPDATE_CURSOR',
	'MOVE_CURSOR',
] as const;

/** A virtio-gpu command, without the prefix `VIRTIO_GPU_CMD_`. */
export type CommandName = (typeof commandNames)[number];

/** What the protocol and the Linux driver say of a command. */
export type Command = {
	readonly name: CommandName;
	/** `enum virtio_gpu_ctrl_type`. */
	readonly code: number;
	/** Bytes of the request, header of 24 included, a payload of its own buffer not. */
	readonly requestBytes: number;
	/** Bytes of the response, 0 for the cursor commands, which have none. */
	readonly responseBytes: number;
	readonly queue: 'control' | 'cursor';
	/** A second out segment: `vbuf->data_buf` of virtgpu_vq.c. */
	readonly hasData: boolean;
	/** Whether Linux 6.12 asks for a fence: no path does, some do, or all do. */
	readonly fencedInLinux: 'never' | 'sometimes' | 'always';
};

type Shape = Partial<Pick<Command, 'queue' | 'hasData' | 'fencedInLinux'>>;

function command(
	name: CommandName,
	code: number,
	requestBytes: number,
	responseBytes: number,
	shape: Shape = {},
): Command {
	return {
		name,
		code,
		requestBytes,
		responseBytes,
		queue: 'control',
		hasData: false,
		fencedInLinux: 'never',
		...shape,
	};
}

/** One entry a command, in the order of `commandNames`. */
export const commands: readonly Command[] = [
	command('GET_DISPLAY_INFO', 0x01_00, 24, 408),
	command('RESOURCE_CREATE_2D', 0x01_01, 40, 24, {fencedInLinux: 'sometimes'}),
	command('RESOURCE_UNREF', 0x01_02, 32, 24),
	command('SET_SCANOUT', 0x01_03, 48, 24),
	command('RESOURCE_FLUSH', 0x01_04, 48, 24, {fencedInLinux: 'sometimes'}),
	command('TRANSFER_TO_HOST_2D', 0x01_05, 56, 24, {fencedInLinux: 'sometimes'}),
	command('RESOURCE_ATTACH_BACKING', 0x01_06, 32, 24, {hasData: true}),
	command('RESOURCE_DETACH_BACKING', 0x01_07, 32, 24),
	command('GET_CAPSET_INFO', 0x01_08, 32, 40),
	command('GET_CAPSET', 0x01_09, 32, 24),
	command('GET_EDID', 0x01_0a, 32, 1056),
	command('RESOURCE_ASSIGN_UUID', 0x01_0b, 32, 40),
	command('RESOURCE_CREATE_BLOB', 0x01_0c, 56, 24, {hasData: true}),
	command('SET_SCANOUT_BLOB', 0x01_0d, 96, 24),
	command('CTX_CREATE', 0x02_00, 96, 24),
	command('CTX_DESTROY', 0x02_01, 24, 24),
	command('CTX_ATTACH_RESOURCE', 0x02_02, 32, 24),
	command('CTX_DETACH_RESOURCE', 0x02_03, 32, 24),
	command('RESOURCE_CREATE_3D', 0x02_04, 72, 24, {fencedInLinux: 'always'}),
	command('TRANSFER_TO_HOST_3D', 0x02_05, 72, 24, {fencedInLinux: 'always'}),
	command('TRANSFER_FROM_HOST_3D', 0x02_06, 72, 24, {fencedInLinux: 'always'}),
	command('SUBMIT_3D', 0x02_07, 32, 24, {hasData: true, fencedInLinux: 'sometimes'}),
	command('RESOURCE_MAP_BLOB', 0x02_08, 40, 32),
	command('RESOURCE_UNMAP_BLOB', 0x02_09, 32, 24),
	command('UPDATE_CURSOR', 0x03_00, 56, 0, {queue: 'cursor'}),
	command('MOVE_CURSOR', 0x03_01, 56, 0, {queue: 'cursor'}),
];

const indices: ReadonlyMap<string, number> = new Map(commandNames.map((name, index) => [name, index]));

/** Whether a text names a command (exact spelling, without prefix). */
export function isCommandName(name: string): name is CommandName {
	return indices.has(name);
}

/**
Position of a command in `commandNames` and `commands`: the number that stands for it in the model.
*/
export function commandIndex(name: CommandName): number {
	return indices.get(name) ?? -1;
}

/** The entry of a command. */
export function commandOf(name: CommandName): Command {
	return commands[commandIndex(name)];
}

/**
Device-readable segments of a command: request, and `data_buf` when it has one: one segment in
kmalloc memory, `pages` in vmalloc memory. Source: `virtio_gpu_queue_fenced_ctrl_buffer`,
`vmalloc_to_sgt` (Linux 5.5 and later).
*/
export function outSegments(name: CommandName, pages = 1): number {
	return commandOf(name).hasData ? 1 + pages : 1;
}

/** Device-writable segments: the response; none on cursorq (`resp_size` = 0). */
export function inSegments(name: CommandName): number {
	return commandOf(name).responseBytes > 0 ? 1 : 0;
}
