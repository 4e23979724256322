import {type Verb} from '../verb.js';

export const verb: Verb = {
	name: 'sweep',
	after: 'compare',
	synopsis: '[preset] --axis key=v1,v2',
	summary: 'every value of some parameters with every other, on all cores',
	words: 1,
	takes: ['preset'],
	writesOutput: true,
	flags: [
		'axis',
		'point',
		'sample',
		'set',
		'seed',
		'runs',
		'for',
		'warmup',
		'events',
		'workers',
		'shard',
		'metric',
		'pareto',
		'format',
		'output',
		'quiet',
		'ascii',
	],
	choices: {format: ['text', 'json', 'ndjson', 'csv', 'markdown', 'svg', 'gobench', 'html']},
	examples: [
		'vqlab sweep seed-2019-kick-under-lock --axis queue.size=16..1024*2 --axis driver.lockPolicy=all',
		'vqlab sweep my-guest.json --axis guest.vcpus=1..4 --runs 8 --output vcpus.ndjson',
		'vqlab sweep ring-too-small --axis queue.size=16..256*2 --axis host.cost.exitUser=2us..40us --sample ' +
			'latin-hypercube:50',
		"vqlab sweep --axis driver.lockPolicy=all --pareto 'max throughput.completed' --pareto 'min latency.p99'",
	],
	async run(context) {
		const {sweep} = await import('../sweep.js');
		return sweep(context);
	},
};
