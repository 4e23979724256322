import {existsSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import {type Interrupt} from './interrupt.js';

type Options<Task, Answer> = {
	/** Name of the entry of the bundle that answers tasks; it lies beside this code. */
	readonly entry: string;
	readonly workerData?: unknown;
	readonly tasks: readonly Task[];
	/** The same without a worker: there is none beside the sources. */
	readonly here: (task: Task) => Answer;
	/** Called before the first task, when signals are listened to. */
	readonly onStart?: () => void;
	/** Called after each task with its number and what came of it. */
	readonly onDone: (task: number, answer: Answer) => void;
	readonly interrupt: Interrupt;
};

/**
Does independent tasks on all cores; the answers are in the order of the tasks, fewer when the user interrupts:
what a worker is at then is stopped, not awaited.
*/
export async function answersOf<Task, Answer>(options: Options<Task, Answer>): Promise<ReadonlyArray<Answer | undefined>> {
	const file = fileURLToPath(new URL(options.entry, import.meta.url));
	return options.interrupt.during(async () => {
		options.onStart?.();
		return existsSync(file) ? answersInWorkers(file, options) : answersHere(options);
	});
}

async function answersHere<Task, Answer>({tasks, here, interrupt, onDone}: Options<Task, Answer>): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (const [number, task] of tasks.entries()) {
		await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two tasks
		if (interrupt.signal !== undefined) {
			break;
		}

		const answer = here(task);
		answers.push(answer);
		onDone(number, answer);
	}

	return answers;
}

async function answersInWorkers<Task, Answer>(file: string, {workerData, tasks, interrupt, onDone}: Options<Task, Answer>): Promise<Array<Answer | undefined>> {
	const answers: Array<Answer | undefined> = Array.from({length: tasks.length});
	let next = 0;
	const count = Math.min(availableParallelism(), tasks.length);
	await Promise.all(Array.from({length: count}, async () => {
		const worker = new Worker(file, {workerData});
		const stop = (): void => {
			void worker.terminate();
		};

		interrupt.stopped.addEventListener('abort', stop);
		try {
			while (next < tasks.length && interrupt.signal === undefined) {
				const task = next++;
				const answer = await answerOf<Task, Answer>(worker, tasks[task]); // eslint-disable-line no-await-in-loop -- a worker does one task at a time
				if (answer === stopped) {
					break;
				}

				answers[task] = answer;
				onDone(task, answer);
			}
		} finally {
			interrupt.stopped.removeEventListener('abort', stop);
			await worker.terminate();
		}
	}));
	return answers;
}

/** Instead of an answer: the worker was stopped in the middle of its task. */
const stopped = Symbol('stopped');

/** Sends the task to the worker and waits for its answer. A fault in the worker is one here. */
async function answerOf<Task, Answer>(worker: Worker, task: Task): Promise<Answer | typeof stopped> {
	return new Promise((resolve, reject) => {
		const end = (): void => {
			worker.off('message', onMessage).off('error', onError).off('exit', onExit);
		};

		const onMessage = (answer: Answer): void => {
			end();
			resolve(answer);
		};

		const onError = (error: Error): void => {
			end();
			reject(error);
		};

		const onExit = (): void => {
			end();
			resolve(stopped);
		};

		worker.on('message', onMessage).on('error', onError).on('exit', onExit);
		worker.postMessage(task);
	});
}
