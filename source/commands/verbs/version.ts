import {version} from '../../version.js';
import {type Verb} from '../verb.js';

/** `vqlab version`. */
export const verb: Verb = {
	name: 'version',
	after: 'help',
	synopsis: '',
	summary: 'the version',
	words: 0,
	flags: ['output'],
	examples: ['vqlab version'],
	async run() {
		return {output: `${version}\n`, exitCode: 0};
	},
};
