import {performance} from 'node:perf_hooks';
import {parentPort} from 'node:worker_threads';
import {type TaskAnswerer, type TaskTable} from './task-kind.js';

/** What a worker is asked. `stop` holds one number, which is 1 when the round is over. */
export type Question = {readonly kind: string; readonly task: unknown; readonly stop: Int32Array<SharedArrayBuffer>};

/**
What a worker says while it is at a task: that its code is loaded, how far it
is (0 to 1), and how it ended.
*/
export type Message =
	| {readonly type: 'begun'}
	| {readonly type: 'progress'; readonly share: number}
	/** `milliseconds`: wall time of the task alone. */
	| {readonly type: 'answer'; readonly answer: unknown; readonly milliseconds: number}
	| {readonly type: 'fault'; readonly name: string; readonly message: string; readonly stack: string | undefined};

/** Answers what this thread is asked, one task after another. Called by the entry of a worker. */
export function serve(table: TaskTable): void {
	const port = parentPort;
	if (port === null) {
		throw new Error('this is the code of a worker thread');
	}

	const loaded = new Map<string, TaskAnswerer<never, unknown>>();
	const say = (message: Message): void => {
		port.postMessage(message);
	};

	const answer = async ({kind, task, stop}: Question): Promise<void> => {
		try {
			const answerer = loaded.get(kind) ?? (await loadedKind(table, kind));
			loaded.set(kind, answerer);
			say({type: 'begun'});
			const started = performance.now();
			const found = await answerer(task as never, async share => {
				say({type: 'progress', share});
				return Atomics.load(stop, 0) !== 0;
			});
			say({type: 'answer', answer: found, milliseconds: performance.now() - started});
		} catch (error) {
			const {name, message, stack} = error instanceof Error ? error : new Error(String(error));
			say({
				type: 'fault',
				name,
				message,
				stack,
			});
		}
	};

	port.on('message', (question: Question) => {
		void answer(question);
	});
}

async function loadedKind(table: TaskTable, name: string): Promise<TaskAnswerer<never, unknown>> {
	const kind = table.find(entry => entry.name === name);
	if (kind === undefined) {
		throw new Error(`a worker has no kind of task ${name}`);
	}

	return kind.load();
}
