import {z} from 'zod';
import {UserError} from '../../source/errors/user-error.js';

const splitWords = [
	'avail_idx',
	'used_idx',
	'used_event',
	'avail_event',
	'avail_flags',
	'used_flags',
	'num_free',
	'free_head',
	'last_used',
	'last_avail',
	'cb_off',
	'event_triggered',
	'num_added',
];
const packedWords = [
	'next_avail',
	'avail_wrap',
	'last_used',
	'used_wrap',
	'drv_off_wrap',
	'drv_flags',
	'dev_off_wrap',
	'dev_flags',
	'num_free',
	'free_head',
	'host_avail',
	'host_avail_wrap',
	'host_used',
	'host_used_wrap',
	'ev_shadow',
	'event_triggered',
	'num_added',
];

/** The names of a line's `st` entries, in their order, by layout. */
export const stateWords = {split: splitWords, packed: packedWords};

const schema = z
	.object({
		ring: z.enum(['split', 'packed']),
		size: z.int(),
		event_idx: z.boolean(),
		indirect: z.boolean(),
		callback: z.boolean(),
		nomem: z.boolean().optional(),
		st: z.array(z.string()),
	})
	.refine(({ring, st}) => st.join(',') === stateWords[ring].join(','), {
		path: ['st'],
		error: "not the names of this ring's state",
	});

/**
First line of a vector file (FORMAT.md section 1). Whether the size is legal is for the ring to say.
*/
export type VectorHeader = {
	readonly ring: 'split' | 'packed';
	readonly size: number;
	readonly event_idx: boolean;
	readonly indirect: boolean;
	readonly callback: boolean;
};

/** One line of a vector file as an object; anything else is a `UserError` that quotes it. */
export function parseObject(text: string): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new UserError(`not JSON: ${JSON.stringify(text.slice(0, 20))}`);
	}

	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new UserError(`not a JSON object: ${JSON.stringify(text.slice(0, 20))}`);
	}

	return {...value};
}

/** The first thing that zod found wrong, on one line. */
export function firstIssue(error: z.ZodError): string {
	const [issue] = error.issues;
	return `${issue.path.join('.')}: ${issue.message}`;
}

export function parseHeader(text: string): VectorHeader {
	const result = schema.safeParse(parseObject(text));
	if (!result.success) {
		throw new UserError(`not a vector header: ${firstIssue(result.error)}`);
	}

	return result.data;
}
