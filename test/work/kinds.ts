import process from 'node:process';
import {threadId} from 'node:worker_threads';
import {UserError} from '../../source/errors/user-error.js';
import {type TaskKind, type TaskTable} from '../../source/work/task-kind.js';

/** The square of a number, and the thread that found it. */
export const square: TaskKind<number, {readonly square: number; readonly thread: number}> = {
	name: 'square',
	load: async () => task => ({square: task * task, thread: threadId}),
};

/** Does what the task says, which is no good. */
export const mischief: TaskKind<string, string> = {
	name: 'mischief',
	load: async () => task => {
		switch (task) {
			case 'hang': {
				for (;;) {
					// Nothing ends it but the end of its thread.
				}
			}

			case 'exit': {
				return process.exit(3);
			}

			case 'fault': {
				throw new Error('a fault of a task');
			}

			case 'mistake': {
				throw new UserError('a mistake in a task');
			}

			default: {
				return task;
			}
		}
	},
};

/** Goes on until it is stopped after `least` pauses; how many there were. */
export const endless: TaskKind<{readonly least: number}, number> = {
	name: 'endless',
	stopsEarly: true,
	load:
		async () =>
		async ({least}, pause) => {
			for (let pauses = 1; ; pauses++) {
				const isStopped = await pause(Math.min(1, pauses / least)); // eslint-disable-line no-await-in-loop -- one after the other
				if (isStopped && pauses >= least) {
					return pauses;
				}
			}
		},
};

export const kinds: TaskTable = [square, mischief, endless];
