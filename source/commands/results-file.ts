import {UserError} from '../errors/user-error.js';
import {noResults, readResults, refuseOther, type SweepHeader, type SweepResult} from '../experiment/sweep/results.js';
import {AppendFile} from '../files/append-file.js';

/** The file that a sweep keeps its results in, and goes on with after whatever ended it. */
export class ResultsFile {
	/**
	Opens the file, with the results that it holds, or begins it.

	@throws {UserError} when it can not be written, another process writes it, it holds
	something else than results of this plan, or the environment (`shardFrom`) names another
	part than the one that is in it.
	*/
	static open(file: string, header: SweepHeader, shardFrom: string | null): ResultsFile {
		const called = `--output ${file}`;
		const opened = AppendFile.open(file, called);
		try {
			return new ResultsFile(opened, header, called, shardFrom);
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
		shardFrom: string | null,
	) {
		const found = readResults(file.lines(), called);
		const first = JSON.stringify(header);
		// A torn header is the start of this one, or the file is somebody's.
		if (found === undefined && !first.startsWith(file.torn)) {
			throw noResults(called);
		}

		if (found !== undefined) {
			refuseOther(header, found.header, called);
			refuseOtherPart(found.header.shard, header.shard, called, shardFrom);
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

/**
A task of an array that is submitted alone counts as the whole of one: what nobody wrote
must not fill the file of a part.
*/
function refuseOtherPart(found: string | null, own: string | null, called: string, shardFrom: string | null): void {
	if (shardFrom !== null && found !== own) {
		throw new UserError(
			`${called} holds ${found === null ? 'the whole sweep' : `shard ${found}`}, and ${shardFrom} makes ` +
				`this shard ${own ?? '1/1'}: give --shard ${found ?? '1/1'}`,
		);
	}
}

/** What is said when results have no room: those that have are kept. */
export function keptWords(error: unknown, done: number, of: number): unknown {
	return error instanceof UserError && done > 0
		? new UserError(`${error.message}; ${done} of ${of} runs are in it, and the same command goes on from there`)
		: error;
}
