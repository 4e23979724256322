import {appendFileSync, existsSync, readFileSync} from 'node:fs';
import {createHash} from 'node:crypto';
import {type Preset} from '../../source/presets/preset.js';
import {type Evaluation, type Evaluator} from './evaluator.js';

/** What simulates: the threads of a fit. */
type Simulator = Pick<Evaluator, 'fingerprint' | 'evaluate'>;

/** There was no time for one more evaluation. */
export class TimeUp extends Error {
	override readonly name = 'TimeUp';
}

/**
Evaluations that outlive the process, one a line of a file. A fit is the same whenever it is
run, so one that was stopped goes on by running it again: what it knows it need not simulate.
A changed model, file of cells or preset makes new evaluations.
*/
export class Memory {
	/** Evaluations that were simulated, and how long that took, ms. */
	simulated = 0;
	milliseconds = 0;
	private readonly known = new Map<string, Evaluation>();
	private readonly pool: Simulator;
	private readonly file: string;
	private readonly deadline: number;

	/** `deadline`: ms since 1970, after which no evaluation starts. */
	constructor(pool: Simulator, file: string, deadline: number) {
		this.pool = pool;
		this.file = file;
		this.deadline = deadline;
		const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
		for (const line of lines) {
			// A line that was cut when the process ended is one evaluation less.
			const [key, evaluation] = parsed(line) ?? [];
			if (key !== undefined && evaluation !== undefined) {
				this.known.set(key, evaluation);
			}
		}
	}

	/** Throws `TimeUp` when it would have to simulate after the deadline. */
	async evaluate(preset: Preset, seeds: readonly number[]): Promise<Evaluation> {
		const key = createHash('sha256')
			.update(JSON.stringify([this.pool.fingerprint, preset.given, seeds]))
			.digest('hex')
			.slice(0, 24);
		const known = this.known.get(key);
		if (known !== undefined) {
			return known;
		}

		if (Date.now() >= this.deadline) {
			throw new TimeUp();
		}

		const started = Date.now();
		const text = JSON.stringify(await this.pool.evaluate(preset, seeds), (_key, value: unknown) =>
			typeof value === 'number' ? Number(value.toPrecision(6)) : value,
		);
		// What is used now is what a later run reads.
		const evaluation = JSON.parse(text) as Evaluation;
		this.simulated++;
		this.milliseconds += Date.now() - started;
		this.known.set(key, evaluation);
		appendFileSync(this.file, `["${key}",${text}]\n`);
		return evaluation;
	}
}

function parsed(line: string): [string, Evaluation] | undefined {
	try {
		return JSON.parse(line) as [string, Evaluation];
	} catch {
		return undefined;
	}
}
