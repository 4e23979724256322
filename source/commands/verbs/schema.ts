import {type Verb} from '../verb.js';

/** `vqlab schema`. */
export const verb: Verb = {
	name: 'schema',
	after: 'explain',
	synopsis: '',
	summary: 'the JSON Schema of a preset file',
	words: 0,
	flags: ['output'],
	examples: ['vqlab schema --output preset.schema.json'],
	async run() {
		const {runSchemaCommand} = await import('../schema.js');
		return runSchemaCommand();
	},
};
