import * as z from 'zod/mini';
import {clientParameters} from '../guest/client-parameters.js';
import {type Parameter} from '../parameters/parameter.js';
import {parameters} from '../simulation/parameters/table.js';
import {jsonValue, rangeText} from '../parameters/value.js';
import {presetSchema} from './preset-schema.js';

type Schema = Readonly<Record<string, unknown>>;

const durationPattern = String.raw`^\d+(\.\d+)?(ns|us|ms|s)$`;
const distributionPattern = String.raw`^(\d+(\.\d+)?(ns|us|ms|s)|(const|exp|uniform|lognormal|quantiles|empirical)\(.+\))$`;

/**
JSON Schema (2020-12) of a preset file, from the schema that loads it and the table of parameters.
*/
export function presetJsonSchema(): Schema {
	const settings = {$ref: '#/$defs/parameters'};
	const schema = z.toJSONSchema(presetSchema, {
		io: 'input',
		override({jsonSchema, path}) {
			if (['parameters', 'against'].includes(String(path.at(-1)))) {
				for (const key of ['type', 'propertyNames', 'additionalProperties'] as const) {
					// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the library hands out the object to be changed
					delete jsonSchema[key];
				}

				Object.assign(jsonSchema, settings);
			}
		},
	});
	return {
		...schema,
		title: 'vqlab preset',
		$defs: {parameters: parametersSchema()},
	};
}

/** The schema as the text of `presets/preset.schema.json`. */
export function presetJsonSchemaText(): string {
	return `${JSON.stringify(presetJsonSchema(), undefined, '\t')}\n`;
}

function parametersSchema(): Schema {
	return {
		type: 'object',
		additionalProperties: false,
		properties: Object.fromEntries(parameters.map(entry => [entry.key, entrySchema(entry)])),
		patternProperties: Object.fromEntries(
			clientParameters.map(entry => [
				String.raw`^clients\.[A-Za-z][\w \-]{0,39}\.${entry.label}$`,
				entrySchema(entry),
			]),
		),
	};
}

function entrySchema(entry: Parameter): Schema {
	return {
		description:
			`${entry.words} Range: ${rangeText(entry)}. Default from: ${entry.provenance.kind}, ` +
			`${entry.provenance.source}.`,
		default: jsonValue(entry, entry.default),
		...valueSchema(entry),
	};
}

function valueSchema(entry: Parameter): Schema {
	const automatic = entry.automatic === undefined || entry.type === 'choice' ? [] : [{const: entry.automatic.word}];
	const value = plainSchema(entry);
	return automatic.length === 0 ? value : {anyOf: [...automatic, value]};
}

function plainSchema(entry: Parameter): Schema {
	switch (entry.type) {
		case 'choice': {
			return {
				enum: [
					...(entry.automatic === undefined ? [] : [entry.automatic.word]),
					...entry.choices.map(choice => choice.value),
				],
			};
		}

		case 'boolean': {
			return {type: 'boolean'};
		}

		case 'integer':
		case 'number': {
			return {type: entry.type, minimum: entry.min, maximum: entry.max};
		}

		case 'duration': {
			return {type: 'string', pattern: durationPattern};
		}

		case 'distribution': {
			return {type: 'string', pattern: distributionPattern};
		}
	}
}
