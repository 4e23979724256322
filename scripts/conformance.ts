import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {UserError} from '../source/errors/user-error.js';
import {createVirtqueue} from '../source/virtqueue/create-virtqueue.js';
import {findVectorFiles, replayFile, type FileResult} from '../test/conformance/vector-file.js';

const fixtures = path.relative('', fileURLToPath(new URL('../test/fixtures/conformance', import.meta.url)));

function printTable(results: readonly FileResult[]): void {
	const rows = [
		['file', 'steps', 'passed'],
		...results.map(({file, steps, passed}) => [file, String(steps), String(passed)]),
	];
	const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column].length)));
	for (const [file, steps, passed] of rows) {
		console.log(`${file.padEnd(widths[0])}  ${steps.padStart(widths[1])}  ${passed.padStart(widths[2])}`);
	}
}

/** Replays the files in order. Returns the exit code. */
async function main(paths: readonly string[]): Promise<number> {
	const results: FileResult[] = [];
	for (const file of await findVectorFiles(paths)) {
		// One ring at a time, so that memory is that of one file.
		// eslint-disable-next-line no-await-in-loop
		results.push(await replayFile(file, createVirtqueue));
	}

	printTable(results);
	let steps = 0;
	let passed = 0;
	for (const result of results) {
		steps += result.steps;
		passed += result.passed;
		if (result.failure) {
			const {step, operation, field, expected, got} = result.failure;
			console.log(
				`${result.file}: step ${step}, ${operation}: ${field}: expected ${JSON.stringify(expected)}, ` +
					`got ${JSON.stringify(got)}`,
			);
		}
	}

	console.log(`${passed} of ${steps} steps pass in ${results.length} files`);
	return passed === steps ? 0 : 1;
}

try {
	const paths = process.argv.slice(2);
	process.exitCode = await main(paths.length === 0 ? [fixtures] : paths);
} catch (error) {
	if (!(error instanceof UserError)) {
		throw error;
	}

	console.error(`conformance: ${error.message}`);
	process.exitCode = 2;
}
