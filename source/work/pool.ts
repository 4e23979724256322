import {existsSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {performance} from 'node:perf_hooks';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {limitInlining} from './inlining.js';
import {type Ending, PoolWorker, type WorkerLimits} from './pool-worker.js';
import {type TaskKind} from './task-kind.js';

export type PoolOptions = WorkerLimits & {
	/**
	The file of a worker, which serves a table of kinds; default: that of the bundle,
	which the sources do not have.
	*/
	readonly file?: URL;
	/** Workers at most, 0 for none; default: one a core. */
	readonly workers?: number;
	/**
	Tasks simulate for moments, and the thread of the program not at all meanwhile: what is
	compiled for them is to be little.
	*/
	readonly isBrief?: boolean;
	/** Tasks after which a worker is replaced: what they leave behind is not the next one's. */
	readonly lifetime?: number;
};

/** What comes of the tasks of a round; each is named by its number, from 0 on. */
export type Round<Answer> = {
	/**
	Ends the round. Tasks that stop early answer with what they have, others are not answered.
	*/
	readonly signal?: AbortSignal;
	/** How far a task is, 0 to 1. */
	readonly onProgress?: (task: number, share: number) => void;
	/** `milliseconds`: wall time of the task alone. */
	readonly onDone?: (task: number, answer: Answer, milliseconds: number) => void;
	/**
	Answers for a task whose worker ended, hung or ran out of memory; without it
	that is an error of the round.
	*/
	readonly onLost?: (task: number, reason: string) => Answer;
};

/** Of a round that has begun. */
type Course<Task, Answer> = Round<Answer> & {
	readonly kind: TaskKind<Task, Answer>;
	readonly tasks: readonly Task[];
	readonly answers: Array<Answer | undefined>;
	readonly stop: Int32Array<SharedArrayBuffer>;
	/** Workers that are at a task of it. */
	readonly busy: Set<PoolWorker>;
	next: number;
	error: Error | undefined;
};

/**
Worker threads that do independent tasks. They start when there is work for them and stay for the
next round, warm. Where there is no file for a worker the tasks are done in this thread, one
after another, with the same answers.
*/
export class Pool {
	private readonly file: URL | undefined;
	private readonly most: number;
	private readonly options: PoolOptions;
	private readonly workers = new Set<PoolWorker>();
	private readonly idle: PoolWorker[] = [];
	/** Those who wait for a worker. */
	private readonly waiting: Array<() => void> = [];

	constructor(options: PoolOptions = {}) {
		const file = options.file ?? new URL('worker.js', import.meta.url);
		this.file = existsSync(file) ? file : undefined;
		this.most = options.workers ?? availableParallelism();
		this.options = options;
	}

	/**
	Answers the tasks, in their order; undefined where the signal came before the answer.
	Throws what a task throws, and when a worker ends in the middle of one; what the
	others are at is stopped then.
	*/
	async answers<Task, Answer>(
		kind: TaskKind<Task, Answer>,
		tasks: readonly Task[],
		round: Round<Answer> = {},
	): Promise<Array<Answer | undefined>> {
		return this.file === undefined || this.most === 0
			? answersHere(kind, tasks, round)
			: this.answersThere(kind, tasks, round);
	}

	/** Starts all workers now: their code is there when there is work for more than one. */
	start(): void {
		while (this.file !== undefined && this.workers.size < this.most) {
			this.idle.push(this.begin(this.file));
		}
	}

	/** Ends the workers. */
	async close(): Promise<void> {
		await Promise.all([...this.workers].map(async worker => worker.end()));
	}

	private async answersThere<Task, Answer>(
		kind: TaskKind<Task, Answer>,
		tasks: readonly Task[],
		round: Round<Answer>,
	): Promise<Array<Answer | undefined>> {
		const course: Course<Task, Answer> = {
			...round,
			kind,
			tasks,
			answers: Array.from({length: tasks.length}),
			stop: new Int32Array(new SharedArrayBuffer(4)),
			busy: new Set(),
			next: 0,
			error: undefined,
		};
		const {signal, answers} = course;
		const onAbort = (): void => {
			stop(course);
		};

		signal?.addEventListener('abort', onAbort);
		try {
			await Promise.all(Array.from({length: Math.min(this.most, tasks.length)}, async () => this.work(course)));
		} finally {
			signal?.removeEventListener('abort', onAbort);
		}

		if (course.error !== undefined) {
			throw course.error;
		}

		return answers;
	}

	/** Takes tasks of the round until none is left, with one worker at a time. */
	private async work<Task, Answer>(course: Course<Task, Answer>): Promise<void> {
		while (!isOver(course)) {
			const worker = await this.take(); // eslint-disable-line no-await-in-loop -- a task after the other
			if (isOver(course)) {
				this.give(worker);
				return;
			}

			const task = course.next++;
			course.busy.add(worker);
			// eslint-disable-next-line no-await-in-loop -- a worker does a task at a time
			const ending = await worker.ask(
				{kind: course.kind.name, task: course.tasks[task], stop: course.stop},
				share => {
					course.onProgress?.(task, share);
				},
			);
			course.busy.delete(worker);
			this.give(worker);
			end(course, task, ending);
		}
	}

	/** A worker that is at nothing: an idle one, a new one, or the first that becomes idle. */
	private async take(): Promise<PoolWorker> {
		while (this.idle.length === 0 && this.workers.size >= this.most) {
			// eslint-disable-next-line no-await-in-loop -- woken when a worker is given back
			await new Promise<void>(resolve => {
				this.waiting.push(resolve);
			});
		}

		const worker = this.idle.pop();
		if (worker?.isAlive) {
			return worker;
		}

		if (worker !== undefined) {
			this.workers.delete(worker);
			return this.take();
		}

		return this.begin(this.file ?? new URL(import.meta.url));
	}

	private begin(file: URL): PoolWorker {
		if (this.options.isBrief === true) {
			limitInlining();
		}

		const fresh = new PoolWorker(file, this.options);
		this.workers.add(fresh);
		return fresh;
	}

	private give(worker: PoolWorker): void {
		if (worker.isAlive && worker.asked < (this.options.lifetime ?? Infinity)) {
			this.idle.push(worker);
		} else {
			this.workers.delete(worker);
			void worker.end();
		}

		this.waiting.shift()?.();
	}
}

/** Does work with a pool and ends its workers. */
export async function withPool<Result>(options: PoolOptions, work: (pool: Pool) => Promise<Result>): Promise<Result> {
	const pool = new Pool(options);
	try {
		return await work(pool);
	} finally {
		await pool.close();
	}
}

function isOver({
	next,
	tasks,
	signal,
	error,
}: Pick<Course<unknown, never>, 'next' | 'tasks' | 'signal' | 'error'>): boolean {
	return next >= tasks.length || signal?.aborted === true || error !== undefined;
}

function stop<Task, Answer>({kind, stop: flag, busy, error}: Course<Task, Answer>): void {
	Atomics.store(flag, 0, 1);
	if (kind.stopsEarly !== true || error !== undefined) {
		for (const worker of busy) {
			void worker.end();
		}
	}
}

function end<Task, Answer>(course: Course<Task, Answer>, task: number, ending: Ending): void {
	switch (ending.type) {
		case 'answer': {
			const answer = ending.answer as Answer;
			course.answers[task] = answer;
			course.onDone?.(task, answer, ending.milliseconds);
			break;
		}

		case 'lost': {
			if (course.signal?.aborted === true || course.error !== undefined) {
				break;
			}

			if (course.onLost === undefined) {
				fail(course, ending.error ?? new Error(`${course.kind.name}, task ${task}: ${ending.reason}`));
			} else {
				course.answers[task] = course.onLost(task, ending.reason);
			}

			break;
		}

		case 'fault': {
			fail(course, ending.error);
			break;
		}
	}
}

function fail<Task, Answer>(course: Course<Task, Answer>, error: Error): void {
	course.error ??= error;
	stop(course);
}

async function answersHere<Task, Answer>(
	kind: TaskKind<Task, Answer>,
	tasks: readonly Task[],
	{signal, onProgress, onDone}: Round<Answer>,
): Promise<Array<Answer | undefined>> {
	const answers: Array<Answer | undefined> = Array.from({length: tasks.length});
	const answerer = await kind.load();
	for (const [number, task] of tasks.entries()) {
		await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two tasks
		if (signal?.aborted) {
			break;
		}

		const started = performance.now();
		// eslint-disable-next-line no-await-in-loop -- one thread
		const answer = await answerer(task, async share => {
			onProgress?.(number, share);
			await nextTurn();
			return signal?.aborted === true;
		});
		answers[number] = answer;
		onDone?.(number, answer, performance.now() - started);
	}

	return answers;
}
