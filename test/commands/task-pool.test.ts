import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {answersOf} from '../../source/commands/task-pool.js';

const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

function here(): number {
	throw new Error('there are workers');
}

function workerOf(text: string): string {
	const file = path.join(folder, `${text.length}.mjs`);
	writeFileSync(file, `import {parentPort} from 'node:worker_threads';\nparentPort.on('message', task => {\n${text}\n});\n`);
	return pathToFileURL(file).href;
}

test('tasks are answered in their order', async () => {
	const done: number[] = [];
	const answers = await answersOf<number, number>({
		entry: workerOf('parentPort.postMessage(task * task);'),
		tasks: [1, 2, 3, 4, 5],
		here,
		onDone(task) {
			done.push(task);
		},
		interrupt: new Interrupt(),
	});
	expect(answers).toEqual([1, 4, 9, 16, 25]);
	expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});

test('a signal stops what workers are at, and keeps what is finished', async () => {
	const interrupt = new Interrupt();
	const answers = await answersOf<string, string>({
		// A task that never ends, as one of minutes.
		entry: workerOf('if (task === "short") { parentPort.postMessage(task); } else { for (;;); }'),
		tasks: ['short', 'long', 'long', 'long', 'long'],
		here: () => '',
		onDone() {
			interrupt.stop('SIGINT');
		},
		interrupt,
	});
	expect(answers).toEqual(['short', undefined, undefined, undefined, undefined]);
	expect(interrupt.exitCode).toBe(130);
});

test('a fault in a worker is one here', async () => {
	await expect(answersOf<number, number>({
		entry: workerOf('throw new Error("fault of " + task);'),
		tasks: [7],
		here,
		onDone() {
			// There is no answer.
		},
		interrupt: new Interrupt(),
	})).rejects.toThrow('fault of 7');
});
