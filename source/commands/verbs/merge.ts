import {type Verb} from '../verb.js';

export const verb: Verb = {
	name: 'merge',
	after: 'sweep',
	synopsis: '<file…>',
	summary: 'joins results of a sweep, names what is missing; other forms of one file',
	words: 1_000_000,
	takes: ['file'],
	flags: ['metric', 'pareto', 'format', 'output', 'quiet', 'ascii'],
	choices: {format: ['text', 'json', 'ndjson', 'csv', 'markdown', 'svg', 'gobench', 'html']},
	examples: [
		'vqlab merge part-*.ndjson --output all.ndjson',
		'vqlab merge all.ndjson --metric lock.spin.worker --format svg --output map.svg',
		'vqlab merge all.ndjson --format csv --output all.csv',
	],
	async run(context) {
		const {merge} = await import('../merge.js');
		return merge(context);
	},
};
