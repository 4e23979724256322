import {z} from 'zod';
import {metricOf} from '../metrics/metric-table.js';
import {verdictNames} from '../metrics/verdict-names.js';
import {maxCommands, maxThreads} from '../simulation/parameters/check-clients.js';
import {faultKinds, lastingFaults, type ParameterValue} from '../parameters/configuration.js';
import {type EmpiricalReader, parseDistribution} from '../parameters/distribution-text.js';
import {parseDuration} from '../parameters/duration.js';
import {type Provenance, provenanceKinds} from '../parameters/parameter.js';
import {parseSettings} from '../simulation/parameters/parse-set.js';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {valueFromJson} from '../parameters/value.js';
import {requestNames} from '../simulation/devices.js';
import {parseCondition} from './answer.js';
import {type Expectation, operators} from './preset.js';
import {themes} from './themes.js';

const second = 1_000_000_000;

/** A text that a parser turns into something else; its complaints become issues of the schema. */
function parsed<Output>(parse: (text: string) => Output, description: string) {
	return z
		.string()
		.meta({description})
		.transform((text, context): Output => {
			try {
				return parse(text);
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}

				context.addIssue({code: 'custom', message: error.message, input: text});
				return z.NEVER;
			}
		});
}

const line = (longest: number) =>
	z
		.string()
		.min(1)
		.max(longest)
		.regex(/^\P{Cc}*$/v, 'expected one line without control characters');
const duration = parsed(parseDuration, 'A duration: 250ns, 3us, 10ms, 1s');

function atMost(longest: number, words: string) {
	return duration.refine(value => value <= longest, `expected at most ${words}`);
}

/** Who reads the files that the preset at hand names; nobody outside `parsePresetJson`. */
let readEmpirical: EmpiricalReader | undefined;

const settings = z.record(z.string(), z.unknown()).transform((record, context) => {
	const given: Record<string, ParameterValue> = {};
	for (const [key, json] of Object.entries(record)) {
		try {
			const entry = parameter(key);
			given[entry.key] = valueFromJson(entry, json, readEmpirical);
		} catch (error) {
			if (!(error instanceof UserError)) {
				throw error;
			}

			context.addIssue({
				code: 'custom',
				message: error.message,
				path: [key],
				input: json,
			});
			return z.NEVER;
		}
	}

	return given;
});

const rect = parsed(text => {
	const [, width, height] = /^(\d{1,5})x(\d{1,5})$/v.exec(text) ?? [];
	if (width === undefined || height === undefined || Number(width) * Number(height) > 16_384 * 16_384) {
		throw new UserError('expected width x height in pixels, as in 1024x768, at most 16384x16384');
	}

	return {width: Number(width), height: Number(height)};
}, 'Width x height in pixels of 4 bytes: 1024x768');

const time = parsed(
	text => parseDistribution(text, readEmpirical),
	'A duration or a distribution: 5us, exp(20us), lognormal(5us,0.6)',
).refine(spec => spec.kind !== 'const' || spec.value <= 60 * second, 'expected at most 60s');

/** A step of a client's loop. */
const stepSchema = z
	.strictObject({
		write: line(100).exactOptional(),
		commands: z.array(z.enum(requestNames)).max(maxCommands).default([]),
		notify: z.enum(['end', 'each', 'none']).default('end'),
		prepare: time.exactOptional(),
		service: time.exactOptional(),
		gpuTime: time.exactOptional(),
		think: time.exactOptional(),
		fenced: z.boolean().default(false),
		objects: z.int().min(0).max(1024).exactOptional(),
		begin: z.enum(['at-once', 'vblank']).exactOptional(),
		queue: z.enum(['control', 'cursor']).exactOptional(),
		wait: z.enum(['none', 'response', 'fence']).exactOptional(),
		timeout: atMost(60 * second, '60s')
			.refine(value => value > 0, 'expected more than 0')
			.exactOptional(),
		pages: z.int().min(1).max(65_535).exactOptional(),
		rect: rect.exactOptional(),
	})
	.transform(step => ({...step, objects: step.objects ?? (step.fenced ? 1 : 0)}));

const clientSchema = z.strictObject({
	name: z
		.string()
		.regex(/^[A-Za-z][\w \-]{0,39}$/v, 'expected a name of letters, digits, spaces, - and _, at most 40'),
	threads: z.int().min(1).max(maxThreads).default(1),
	vcpu: z.union([z.literal('any'), z.int().min(0).max(63)]).default('any'),
	kind: z.enum(['closed', 'open', 'paced']).default('closed'),
	rate: z.number().positive().max(10_000_000).exactOptional(),
	burst: z.int().min(1).max(65_536).exactOptional(),
	hz: z.number().positive().max(10_000).exactOptional(),
	think: time.exactOptional(),
	queue: z.enum(['control', 'cursor']).default('control'),
	loop: z.array(stepSchema).min(1).max(256),
	wait: z.enum(['none', 'response', 'fence']).default('none'),
});

const faultSchema = z
	.strictObject({
		at: atMost(3600 * second, '3600s'),
		kind: z.enum(faultKinds),
		for: atMost(3600 * second, '3600s').exactOptional(),
		every: duration.refine(value => value >= 1000, 'expected at least 1us').exactOptional(),
		vcpu: z.int().min(0).max(63).exactOptional(),
		probability: z.number().min(0).max(1).exactOptional(),
	})
	.superRefine(({kind, for: time}, context) => {
		if (lastingFaults.includes(kind) !== (time !== undefined)) {
			context.addIssue({
				code: 'custom',
				path: ['for'],
				message:
					time === undefined
						? `a ${kind} needs it, as in "for": "5ms"`
						: `a ${kind} has none: only ${lastingFaults.join(', ')} last`,
			});
		}
	})
	.refine(fault => fault.kind === 'vcpu-preempt' || fault.vcpu === undefined, {
		path: ['vcpu'],
		message: 'only a vcpu-preempt looks at it',
	});

/** Where some of the preset's own values come from. */
const provenanceSchema = z.strictObject({
	kind: z.enum(provenanceKinds),
	source: line(400),
	keys: z.array(line(100)).min(1).max(256),
});

const expectationSchema = z
	.strictObject({
		verdict: z.enum(verdictNames).exactOptional(),
		metric: z
			.string()
			.refine(path => metricOf(path) !== undefined, 'no such metric: vqlab explain lists them')
			.exactOptional(),
		op: z.enum(operators).exactOptional(),
		value: z.number().exactOptional(),
		against: settings.exactOptional(),
		for: atMost(3600 * second, '3600s').exactOptional(),
		seed: z.int().min(0).exactOptional(),
		runs: z.int().min(1).max(1000).exactOptional(),
	})
	.meta({oneOf: [{required: ['verdict']}, {required: ['metric', 'op', 'value']}]});

/** One of the two kinds of expectation: of the verdict, or of a metric. */
const expectationsSchema = expectationSchema.transform((given, context): Expectation => {
	const {verdict, metric, op, value, against, seed, runs, ...time} = given;
	if (verdict !== undefined && [metric, op, value, against, seed, runs].every(other => other === undefined)) {
		return {verdict, ...time};
	}

	if (verdict === undefined && metric !== undefined && op !== undefined && value !== undefined) {
		return {
			...given,
			metric,
			op,
			value,
		};
	}

	context.addIssue({code: 'custom', message: 'expected a verdict (and for), or a metric with op and value'});
	return z.NEVER;
});

/** What the question is answered with, live. */
const answerSchema = z.strictObject({
	if: line(100).refine(
		text => parseCondition(text) !== undefined,
		'expected PATH OP NUMBER, as in ring.numFree.min > 0',
	),
	then: line(100), // eslint-disable-line unicorn/no-thenable -- a schema, which nobody awaits
	else: line(100),
});

/**
The shape of a preset file (docs/contract.md, section 6), from JSON to
parsed values with defaults filled.
*/
export const presetSchema = z
	.strictObject({
		$schema: z.string().exactOptional(),
		title: line(100),
		story: line(4000).default(''),
		source: line(400).default(''),
		theme: z.enum(themes).default('machine'),
		question: line(80).exactOptional(),
		answer: answerSchema.exactOptional(),
		try: z.array(line(400).refine(isSettings, 'expected key=value, as in queue.size=256')).max(64).default([]),
		parameters: settings.default({}),
		clients: z.array(clientSchema).min(1).max(maxThreads),
		faults: z.array(faultSchema).max(1024).default([]),
		expect: z.array(expectationsSchema).max(64).default([]),
		provenance: z
			.array(provenanceSchema)
			.max(64)
			.default([])
			.transform(groups => provenanceByKey(groups)),
	})
	.superRefine(({parameters, provenance}, context) => {
		for (const key of Object.keys(provenance)) {
			if (!Object.hasOwn(parameters, key)) {
				context.addIssue({
					code: 'custom',
					path: ['provenance'],
					message: `${key} is not among the preset's parameters`,
				});
			}
		}
	});

/** Reads a preset as the schema has it; `reader` reads the files that it names. */
export function parsePresetJson(json: unknown, reader: EmpiricalReader): ReturnType<typeof presetSchema.safeParse> {
	readEmpirical = reader;
	try {
		return presetSchema.safeParse(json, {reportInput: true});
	} finally {
		readEmpirical = undefined;
	}
}

type ProvenanceGroup = z.infer<typeof provenanceSchema>;

function provenanceByKey(groups: readonly ProvenanceGroup[]): Record<string, Provenance> {
	return Object.fromEntries(
		groups.flatMap(({kind, source, keys}) => keys.map(key => [key, {kind, source}] as const)),
	);
}

/** The keys of each object of a preset, for hints when one is misspelt. */
export const presetKeys: ReadonlyMap<string, readonly string[]> = new Map([
	['', Object.keys(presetSchema.shape)],
	['clients', Object.keys(clientSchema.shape)],
	['loop', Object.keys(stepSchema.in.shape)],
	['faults', Object.keys(faultSchema.shape)],
	['answer', Object.keys(answerSchema.shape)],
	['expect', Object.keys(expectationSchema.shape)],
	['provenance', Object.keys(provenanceSchema.shape)],
]);

function isSettings(text: string): boolean {
	try {
		return Object.keys(parseSettings(text)).length > 0;
	} catch {
		return false;
	}
}
