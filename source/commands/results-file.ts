import {UserError} from '../errors/user-error.js';
import {noResults, readResults, refuseOther, type SweepHeader, type SweepResult} from '../experiment/sweep/results.js';
import {AppendFile} from '../files/append-file.js';

/** The file that a sweep keeps its results in, and goes on with after whatever ended it. */
export class ResultsFile {
	/**
	Opens the file, with the results that it holds, or begins it.

	@throws {UserError} when it can not be written, another process writes it, or it holds something else than results of this plan.
	*/
	static open(file: string, header: SweepHeader): ResultsFile {
		const called = `--output ${file}`;
		const opened = AppendFile.open(file, called);
		try {
			return new ResultsFile(opened, header, called);
		} catch (error) {
			opened.close();
			throw error;
		}
	}

	/** What was there already. */
	readonly results: readonly SweepResult[];

	private constructor(
		private readonly file: AppendFile,
		header: SweepHeader,
		called: string,
	) {
		const found = readResults(file.lines(), called);
		const first = JSON.stringify(header);
		// A torn header is the start of this one, or the file is somebody's.
		if (found === undefined && !first.startsWith(file.torn)) {
			throw noResults(called);
		}

		if (found !== undefined) {
			refuseOther(header, found.header, called);
		}

		file.dropTorn();
		if (found === undefined) {
			file.append(first);
		}

		this.results = found?.results ?? [];
	}

	/** @throws {UserError} when it can not be written: what is in the file stays. */
	append(result: SweepResult): void {
		this.file.append(JSON.stringify(result));
	}

	close(): void {
		this.file.close();
	}
}

/** What is said when results have no room: those that have are kept. */
export function keptWords(error: unknown, done: number, of: number): unknown {
	return error instanceof UserError && done > 0
		? new UserError(`${error.message}; ${done} of ${of} runs are in it, and the same command goes on from there`)
		: error;
}
