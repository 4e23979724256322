import {RandomStream} from '../../engine/random.js';
import {UserError} from '../../errors/user-error.js';
import {shuffled} from './sample.js';

/** One of `of` equal parts of a sweep; `index` from 1 on. */
export type Shard = {readonly index: number; readonly of: number};

export type ShardOrigin = {readonly shard: Shard; readonly from: string};

const mostShards = 1_000_000;

/**
Reads `i/n` of `--shard`, i from 1 to n.

@throws {UserError} for anything else: a part without its total would be taken for the whole.
*/
export function parseShard(text: string): Shard {
	const [, index, of] = /^\s*(\d{1,9})\s*\/\s*(\d{1,9})\s*$/v.exec(text) ?? [];
	if (of === undefined) {
		throw new UserError(`--shard ${text} is not i/n, with the total after the slash, as in --shard 2/8`);
	}

	return checked({index: Number(index), of: Number(of)}, `--shard ${text}`);
}

/**
The shard that a cluster gives this process by its environment: a Slurm array (`SLURM_ARRAY_TASK_ID`
with `_MIN`, `_COUNT` and `_STEP`), or an indexed job of Kubernetes (`JOB_COMPLETION_INDEX`, with
the total in `VQLAB_SHARDS`). Undefined when there is none.

@throws {UserError} when the index is there and the total is not, or they do not fit.
*/
export function shardFrom(environment: Readonly<Record<string, string | undefined>>): ShardOrigin | undefined {
	const {
		SLURM_ARRAY_TASK_ID: id,
		SLURM_ARRAY_TASK_MIN: first,
		SLURM_ARRAY_TASK_COUNT: count,
		SLURM_ARRAY_TASK_STEP: step = '1',
		JOB_COMPLETION_INDEX: completion,
		VQLAB_SHARDS: shards,
	} = environment;
	if (isGiven(id)) {
		if (!isGiven(first) || !isGiven(count)) {
			throw new UserError(
				'SLURM_ARRAY_TASK_ID is set and SLURM_ARRAY_TASK_MIN or _COUNT is not: give --shard i/n, or ' +
					'--shard 1/1 for the whole',
			);
		}

		const place = (whole('SLURM_ARRAY_TASK_ID', id) - whole('SLURM_ARRAY_TASK_MIN', first)) / (Number(step) || 1);
		const of = whole('SLURM_ARRAY_TASK_COUNT', count);
		if (!Number.isInteger(place) || place < 0 || place >= of) {
			throw new UserError(
				`SLURM_ARRAY_TASK_ID=${id} is none of ${of} tasks in a row from ${first} on: make the array ` +
					`1-${of}, or give --shard i/n`,
			);
		}

		return {shard: checked({index: place + 1, of}, 'SLURM_ARRAY_TASK_COUNT'), from: 'SLURM_ARRAY_TASK_ID'};
	}

	if (isGiven(completion)) {
		if (!isGiven(shards)) {
			throw new UserError(
				'JOB_COMPLETION_INDEX is set and VQLAB_SHARDS is not: set it to the completions of the job, or ' +
					'give --shard i/n',
			);
		}

		return {
			shard: checked(
				{index: whole('JOB_COMPLETION_INDEX', completion) + 1, of: whole('VQLAB_SHARDS', shards)},
				`JOB_COMPLETION_INDEX=${completion} with VQLAB_SHARDS=${shards}`,
			),
			from: 'JOB_COMPLETION_INDEX',
		};
	}

	return undefined;
}

/**
The points of a shard, in their order. Points are dealt out like shuffled cards, so that no shard
gets one column of a grid and with it all that is slow; all runs of a point are in the same shard.
*/
export function pointsOf({index, of}: Shard, points: number): number[] {
	return shuffled(points, new RandomStream(0, 'shards'))
		.filter((_, place) => place % of === index - 1)
		.toSorted((a, b) => a - b);
}

export function shardText({index, of}: Shard): string {
	return `${index}/${of}`;
}

function isGiven(value: string | undefined): value is string {
	return value !== undefined && value !== '';
}

function whole(name: string, text: string): number {
	if (!/^\d{1,9}$/v.test(text)) {
		throw new UserError(`${name}=${text} is no whole number`);
	}

	return Number(text);
}

function checked(shard: Shard, called: string): Shard {
	const {index, of} = shard;
	if (of < 1 || of > mostShards || index < 1 || index > of) {
		throw new UserError(`${called}: there is no part ${index} of ${of}: 1 to ${Math.max(1, of)}`);
	}

	return shard;
}
