import * as z from 'zod/mini';
import {metricOf} from '../metrics/metric-table.js';
import {verdictNames} from '../metrics/verdict-names.js';
import {maxThreads} from '../simulation/parameters/check-clients.js';
import {faultKinds, lastingFaults} from '../parameters/configuration.js';
import {type EmpiricalReader} from '../parameters/distribution-text.js';
import {type Provenance, provenanceKinds} from '../parameters/parameter.js';
import {parseSettings} from '../simulation/parameters/parse-set.js';
import {parseCondition} from './answer.js';
import {clientSchema, writtenStep} from './client-schema.js';
import {type Expectation, operators} from './preset.js';
import {atMost, duration, line, readingWith, second, settings, whole} from './schema-parts.js';
import {themes} from './themes.js';

const faultSchema = z
	.strictObject({
		at: atMost(3600 * second, '3600s'),
		kind: z.enum(faultKinds),
		for: z.exactOptional(atMost(3600 * second, '3600s')),
		every: z.exactOptional(duration.check(z.refine(value => value >= 1000, 'expected at least 1us'))),
		vcpu: z.exactOptional(whole(0, 63)),
		probability: z.exactOptional(z.number().check(z.minimum(0), z.maximum(1))),
	})
	.check(
		z.superRefine(({kind, for: time}, context) => {
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
		}),
		z.refine(fault => fault.kind === 'vcpu-preempt' || fault.vcpu === undefined, {
			path: ['vcpu'],
			message: 'only a vcpu-preempt looks at it',
		}),
	);

/** Where some of the preset's own values come from. */
const provenanceSchema = z.strictObject({
	kind: z.enum(provenanceKinds),
	source: line(400),
	keys: z.array(line(100)).check(z.minLength(1), z.maxLength(256)),
});

const expectationSchema = z
	.strictObject({
		verdict: z.exactOptional(z.enum(verdictNames)),
		metric: z.exactOptional(
			z
				.string()
				.check(z.refine(path => metricOf(path) !== undefined, 'no such metric: vqlab explain lists them')),
		),
		op: z.exactOptional(z.enum(operators)),
		value: z.exactOptional(z.number()),
		against: z.exactOptional(settings),
		for: z.exactOptional(atMost(3600 * second, '3600s')),
		seed: z.exactOptional(z.int().check(z.minimum(0))),
		runs: z.exactOptional(whole(1, 1000)),
	})
	.check(z.meta({oneOf: [{required: ['verdict']}, {required: ['metric', 'op', 'value']}]}));

/** One of the two kinds of expectation: of the verdict, or of a metric. */
const expectationsSchema = z.pipe(
	expectationSchema,
	z.transform((given: z.output<typeof expectationSchema>, {issues}): Expectation => {
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

		issues.push({
			code: 'custom',
			message: 'expected a verdict (and for), or a metric with op and value',
			input: given,
		});
		return z.NEVER;
	}),
);

/** What the question is answered with, live. */
const answerSchema = z.strictObject({
	if: line(100).check(
		z.refine(text => parseCondition(text) !== undefined, 'expected PATH OP NUMBER, as in ring.numFree.min > 0'),
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
		$schema: z.exactOptional(z.string()),
		title: line(100),
		story: z._default(line(4000), ''),
		source: z._default(line(400), ''),
		theme: z._default(z.enum(themes), 'machine'),
		question: z.exactOptional(line(80)),
		answer: z.exactOptional(answerSchema),
		try: z._default(
			z
				.array(line(400).check(z.refine(isSettings, 'expected key=value, as in queue.size=256')))
				.check(z.maxLength(64)),
			[],
		),
		parameters: z._default(settings, {}),
		clients: z.array(clientSchema).check(z.minLength(1), z.maxLength(maxThreads)),
		faults: z._default(z.array(faultSchema).check(z.maxLength(1024)), []),
		expect: z._default(z.array(expectationsSchema).check(z.maxLength(64)), []),
		provenance: z.pipe(
			z._default(z.array(provenanceSchema).check(z.maxLength(64)), []),
			z.transform((groups: ProvenanceGroup[]) => provenanceByKey(groups)),
		),
	})
	.check(
		z.superRefine(({parameters, provenance}, context) => {
			for (const key of Object.keys(provenance)) {
				if (!Object.hasOwn(parameters, key)) {
					context.addIssue({
						code: 'custom',
						path: ['provenance'],
						message: `${key} is not among the preset's parameters`,
					});
				}
			}
		}),
	);

/** Reads a preset as the schema has it; `reader` reads the files that it names. */
export function parsePresetJson(json: unknown, reader: EmpiricalReader): ReturnType<typeof presetSchema.safeParse> {
	return readingWith(reader, () => presetSchema.safeParse(json, {reportInput: true}));
}

type ProvenanceGroup = z.infer<typeof provenanceSchema>;

function provenanceByKey(groups: ProvenanceGroup[]): Record<string, Provenance> {
	return Object.fromEntries(
		groups.flatMap(({kind, source, keys}) => keys.map(key => [key, {kind, source}] as const)),
	);
}

/** The keys of each object of a preset, for hints when one is misspelt. */
export const presetKeys: ReadonlyMap<string, readonly string[]> = new Map([
	['', Object.keys(presetSchema.shape)],
	['clients', Object.keys(clientSchema.shape)],
	['loop', Object.keys(writtenStep.shape)],
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
