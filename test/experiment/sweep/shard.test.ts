import {expect, test} from 'vitest';
import {UserError} from '../../../source/errors/user-error.js';
import {parseShard, shardFrom} from '../../../source/experiment/sweep/shard.js';

test('a shard is i/n', () => {
	expect(parseShard('2/8')).toEqual({index: 2, of: 8});
	expect(parseShard(' 1 / 1 ')).toEqual({index: 1, of: 1});
});

test.each(['3', '0/2', '3/2', '1/0', '/2', '1/', 'a/b', '-1/2', '1/2/3', '1.5/2'])('%s is none', text => {
	expect(() => parseShard(text)).toThrow(UserError);
});

test('a Slurm array may begin anywhere and have a step', () => {
	const array = (id: string, min: string, count: string, step?: string): unknown =>
		shardFrom({
			SLURM_ARRAY_TASK_ID: id,
			SLURM_ARRAY_TASK_MIN: min,
			SLURM_ARRAY_TASK_COUNT: count,
			SLURM_ARRAY_TASK_STEP: step,
		})?.shard;
	expect(array('0', '0', '3')).toEqual({index: 1, of: 3});
	expect(array('5', '3', '3')).toEqual({index: 3, of: 3});
	expect(array('7', '1', '4', '2')).toEqual({index: 4, of: 4});
	expect(() => array('9', '3', '3')).toThrow('is none of 3 tasks in a row');
	expect(() => array('4', '1', '4', '2')).toThrow('is none of 4 tasks in a row');
});

test('an indexed job of Kubernetes counts from 0', () => {
	expect(shardFrom({JOB_COMPLETION_INDEX: '0', VQLAB_SHARDS: '3'})).toEqual({
		shard: {index: 1, of: 3},
		from: 'JOB_COMPLETION_INDEX',
	});
	expect(() => shardFrom({JOB_COMPLETION_INDEX: '3', VQLAB_SHARDS: '3'})).toThrow('no part 4 of 3');
});

test.each([
	[{SLURM_ARRAY_TASK_ID: '1'}, 'SLURM_ARRAY_TASK_MIN or _COUNT is not'],
	[{SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_MIN: '1'}, 'SLURM_ARRAY_TASK_MIN or _COUNT is not'],
	[{JOB_COMPLETION_INDEX: '1'}, 'VQLAB_SHARDS is not'],
	[{JOB_COMPLETION_INDEX: 'x', VQLAB_SHARDS: '3'}, 'is no whole number'],
])('an index without its total is a mistake: %o', (environment, words) => {
	expect(() => shardFrom(environment)).toThrow(UserError);
	expect(() => shardFrom(environment)).toThrow(words);
});

test('without an array there is no shard', () => {
	expect(shardFrom({})).toBeUndefined();
	expect(shardFrom({VQLAB_SHARDS: '3', SLURM_ARRAY_TASK_ID: ''})).toBeUndefined();
});
