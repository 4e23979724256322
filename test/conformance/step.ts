import {z} from 'zod';
import {UserError} from '../../source/errors/user-error.js';
import {firstIssue, parseObject} from './header.js';

const count = z.int().min(0).max(0x7f_ff_ff_ff);
const token = z.int().min(0);
const noInputs = [
	'init',
	'kick_prepare',
	'notify',
	'disable_cb',
	'enable_cb_prepare',
	'enable_cb',
	'enable_cb_delayed',
	'get_buf',
	'more_used',
	'irq',
	'reset',
	'pop',
	'should_notify',
	'host_empty',
] as const;

/** Inputs of every operation of FORMAT.md sections 4 to 6. */
const schema = z.discriminatedUnion('op', [
	z.object({op: z.literal(noInputs)}),
	z.object({
		op: z.literal('add'),
		out: count,
		in: count,
		tok: token,
		nomem: z.boolean().optional(),
	}),
	z.object({op: z.literal('poll'), arg: z.int().min(0).max(0xff_ff)}),
	z.object({op: z.literal('push'), tok: token, len: z.int().min(0).max(0xff_ff_ff_ff)}),
	z.object({op: z.literal('publish'), n: count}),
	z.object({op: z.literal('set_notification'), on: z.boolean()}),
	z.object({
		op: z.literal('burst'),
		n: count,
		b: count,
		out: count,
		in: count,
		kick: z.boolean(),
		notif: z.boolean(),
		tok: token,
	}),
]);

export type Operation = z.infer<typeof schema>;
export type Burst = Extract<Operation, {op: 'burst'}>;

/**
One step: its operation with the inputs, and the line's other members, the results to be compared.
*/
export type Step = {
	readonly operation: Operation;
	readonly expected: Readonly<Record<string, unknown>>;
};

const operations = new Set(schema.options.flatMap(option => [...option.shape.op.values]));

function quote(value: unknown): string {
	return String(JSON.stringify(value)).slice(0, 40);
}

/** The step in one line of a vector file, which must carry the number `due`. */
export function parseStep(text: string, due: number): Step {
	const expected = parseObject(text);
	if (expected.i !== due) {
		throw new UserError(`step number ${quote(expected.i)} where ${due} is due`);
	}

	if (typeof expected.op !== 'string' || !operations.has(expected.op as Operation['op'])) {
		throw new UserError(`unknown operation ${quote(expected.op)}`);
	}

	const result = schema.safeParse(expected);
	if (!result.success) {
		throw new UserError(`${expected.op}: ${firstIssue(result.error)}`);
	}

	const operation = result.data;
	if ('out' in operation && operation.out + operation.in < 1) {
		throw new UserError(`${operation.op}: a buffer without segments`);
	}

	return {operation, expected};
}
