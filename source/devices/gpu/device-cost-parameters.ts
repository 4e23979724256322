import {microsecond, second, type DistributionParameter, type Parameter} from '../../parameters/parameter.js';
import {spreadAbout, spreads, withSpread} from '../../parameters/spread.js';
import {commandNames, type CommandName} from './commands.js';

type CommandCost = {
	readonly value: number;
	/** What the host does for the command. */
	readonly work: string;
	readonly source?: string;
};

type CommandCostParameter = DistributionParameter & {
	readonly key: `device.cost.${CommandName}`;
	readonly sets: 'service';
	readonly element: number;
};

const decode = 'no published figure; between 1 and 5 us for a cheap command';

const costs: Readonly<Record<CommandName, CommandCost>> = {
	GET_DISPLAY_INFO: {value: 2 * microsecond, work: 'Fills in the sizes of the scanouts'},
	RESOURCE_CREATE_2D: {value: 5 * microsecond, work: 'Allocates a pixman image'},
	RESOURCE_UNREF: {value: 4 * microsecond, work: 'Frees the image and unmaps its backing'},
	SET_SCANOUT: {value: 5 * microsecond, work: 'Makes a surface and tells the display'},
	RESOURCE_FLUSH: {
		value: 20 * microsecond,
		work: 'Tells the display what changed (dpy_gfx_update)',
		source: 'depends on the display; no published figure',
	},
	TRANSFER_TO_HOST_2D: {
		value: 2 * microsecond,
		work: 'Copies the rectangle from guest memory; the copy itself is device.cost.perKiB',
	},
	RESOURCE_ATTACH_BACKING: {value: 5 * microsecond, work: 'Maps the guest pages of the resource'},
	RESOURCE_DETACH_BACKING: {value: 3 * microsecond, work: 'Unmaps the guest pages of the resource'},
	GET_CAPSET_INFO: {value: 2 * microsecond, work: 'Reports a capability set'},
	GET_CAPSET: {value: 3 * microsecond, work: 'Copies a capability set'},
	GET_EDID: {value: 3 * microsecond, work: 'Generates an EDID'},
	RESOURCE_ASSIGN_UUID: {value: 2 * microsecond, work: 'Gives a resource its UUID'},
	RESOURCE_CREATE_BLOB: {value: 6 * microsecond, work: 'Makes a blob resource and maps its pages'},
	SET_SCANOUT_BLOB: {value: 5 * microsecond, work: 'Makes a surface of a blob and tells the display'},
	CTX_CREATE: {
		value: 50 * microsecond,
		work: 'Makes a renderer context',
		source: 'no published figure; a GL context is made',
	},
	CTX_DESTROY: {
		value: 30 * microsecond,
		work: 'Destroys a renderer context',
		source: 'no published figure; a GL context is destroyed',
	},
	CTX_ATTACH_RESOURCE: {value: 2 * microsecond, work: 'Lets a context use a resource'},
	CTX_DETACH_RESOURCE: {value: 2 * microsecond, work: 'Takes a resource from a context'},
	RESOURCE_CREATE_3D: {
		value: 10 * microsecond,
		work: 'Makes a GL texture or buffer',
		source: 'no published figure; a GL object is made',
	},
	TRANSFER_TO_HOST_3D: {value: 5 * microsecond, work: 'Uploads a box; the copy itself is device.cost.perKiB'},
	TRANSFER_FROM_HOST_3D: {value: 5 * microsecond, work: 'Reads a box back; the copy itself is device.cost.perKiB'},
	SUBMIT_3D: {
		value: 20 * microsecond,
		work: 'Decodes a command stream into GL calls',
		source: 'no published figure; grows with the stream',
	},
	RESOURCE_MAP_BLOB: {
		value: 10 * microsecond,
		work: 'Maps a blob into the guest',
		source: 'no published figure; changes a memory region',
	},
	RESOURCE_UNMAP_BLOB: {
		value: 10 * microsecond,
		work: 'Unmaps a blob from the guest',
		source: 'no published figure; changes a memory region',
	},
	UPDATE_CURSOR: {value: 3 * microsecond, work: 'Copies the cursor image and tells the display'},
	MOVE_CURSOR: {value: microsecond, work: 'Tells the display where the cursor is'},
};

const common = {
	group: 'device',
	type: 'distribution',
	min: 0,
	effect: 'next-use',
} as const;

/** Service time of each command in the host, and of each KiB that a transfer copies. */
export const deviceCostParameters = [
	{
		...common,
		key: 'device.cost.perKiB',
		sets: 'perKib',
		byCommand: true,
		label: 'copy a KiB',
		unit: 'duration a KiB',
		max: 100 * microsecond,
		default: spreadAbout(31, spreads.copy),
		provenance: withSpread(
			{kind: 'measured', source: 'memcpy of a 1080p frame in 0.25 ms on a small VM; the real path walks an iov'},
			spreads.copy,
		),
		words:
			'What a transfer adds to its command for each KiB of its rectangle (4 bytes a pixel). A 1024x768 ' +
			'transfer takes 95 us with the default.',
		metrics: ['latency.stages.service.mean', 'cpu.mainLoop'],
	},
	...commandNames.map((name, index): CommandCostParameter => ({
		...common,
		key: `device.cost.${name}`,
		sets: 'service',
		element: index,
		label: `cost ${name}`,
		unit: 'duration a command',
		max: second,
		default: spreadAbout(costs[name].value, spreads.hostCode),
		provenance: withSpread({kind: 'assumed', source: costs[name].source ?? decode}, spreads.hostCode),
		words: `Host time of ${name}, in the main loop under the BQL. ${costs[name].work}.`,
		metrics: ['latency.stages.service.mean', 'cpu.mainLoop'],
	})),
] as const satisfies readonly Parameter[];
