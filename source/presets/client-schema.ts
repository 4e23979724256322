import * as z from 'zod/mini';
import {UserError} from '../errors/user-error.js';
import {maxCommands, maxThreads} from '../simulation/parameters/check-clients.js';
import {requestNames} from '../simulation/devices.js';
import {atMost, line, parsed, second, time, whole} from './schema-parts.js';

const rect = parsed(text => {
	const [, width, height] = /^(\d{1,5})x(\d{1,5})$/v.exec(text) ?? [];
	if (width === undefined || height === undefined || Number(width) * Number(height) > 16_384 * 16_384) {
		throw new UserError('expected width x height in pixels, as in 1024x768, at most 16384x16384');
	}

	return {width: Number(width), height: Number(height)};
}, 'Width x height in pixels of 4 bytes: 1024x768');

/** A step of a client's loop as it is written. */
export const writtenStep = z.strictObject({
	write: z.exactOptional(line(100)),
	commands: z._default(z.array(z.enum(requestNames)).check(z.maxLength(maxCommands)), []),
	notify: z._default(z.enum(['end', 'each', 'none']), 'end'),
	prepare: z.exactOptional(time),
	service: z.exactOptional(time),
	gpuTime: z.exactOptional(time),
	think: z.exactOptional(time),
	fenced: z._default(z.boolean(), false),
	objects: z.exactOptional(whole(0, 1024)),
	begin: z.exactOptional(z.enum(['at-once', 'vblank'])),
	queue: z.exactOptional(z.enum(['control', 'cursor'])),
	wait: z.exactOptional(z.enum(['none', 'response', 'fence'])),
	timeout: z.exactOptional(atMost(60 * second, '60s').check(z.refine(value => value > 0, 'expected more than 0'))),
	pages: z.exactOptional(whole(1, 65_535)),
	rect: z.exactOptional(rect),
});

const stepSchema = z.pipe(
	writtenStep,
	z.transform((step: z.output<typeof writtenStep>) => ({...step, objects: step.objects ?? (step.fenced ? 1 : 0)})),
);

/** A client of a preset file. */
export const clientSchema = z.strictObject({
	name: z
		.string()
		.check(z.regex(/^[A-Za-z][\w \-]{0,39}$/v, 'expected a name of letters, digits, spaces, - and _, at most 40')),
	threads: z._default(whole(1, maxThreads), 1),
	vcpu: z._default(z.union([z.literal('any'), whole(0, 63)]), 'any'),
	kind: z._default(z.enum(['closed', 'open', 'paced']), 'closed'),
	rate: z.exactOptional(z.number().check(z.positive(), z.maximum(10_000_000))),
	burst: z.exactOptional(whole(1, 65_536)),
	hz: z.exactOptional(z.number().check(z.positive(), z.maximum(10_000))),
	think: z.exactOptional(time),
	queue: z._default(z.enum(['control', 'cursor']), 'control'),
	loop: z.array(stepSchema).check(z.minLength(1), z.maxLength(256)),
	wait: z._default(z.enum(['none', 'response', 'fence']), 'none'),
});
