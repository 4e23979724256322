import {Worker} from 'node:worker_threads';
import {UserError} from '../errors/user-error.js';
import {type Message, type Question} from './serve.js';

/**
How a task ended: with its answer, with an error that it threw, or not
at all because its worker did.
*/
export type Ending =
	| {readonly type: 'answer'; readonly answer: unknown; readonly milliseconds: number}
	| {readonly type: 'fault'; readonly error: Error}
	/** `reason` is a clause: `its worker ended with 3`. */
	| {readonly type: 'lost'; readonly reason: string; readonly error?: Error};

/** Limits of a worker; without them there are none. */
export type WorkerLimits = {
	/**
	Silence after which a task hangs and its worker is ended, ms of wall time. It begins when
	the code of the kind is loaded.
	*/
	readonly patience?: number;
	/** Heap of a worker, MiB. */
	readonly memory?: number;
};

type Current = {readonly onProgress: (share: number) => void; readonly resolve: (ending: Ending) => void};

/** A thread that answers one task at a time. It does not keep the program alive between two. */
export class PoolWorker {
	/** Tasks that it was asked. */
	asked = 0;
	/** False when the thread has ended. */
	isAlive = true;
	private readonly worker: Worker;
	private readonly patience: number | undefined;
	private current: Current | undefined;
	private timer: NodeJS.Timeout | undefined;
	private error: Error | undefined;
	private isHanging = false;

	constructor(file: URL, {patience, memory}: WorkerLimits) {
		this.patience = patience;
		this.worker = new Worker(file, memory === undefined ? {} : {resourceLimits: {maxOldGenerationSizeMb: memory}});
		this.worker.unref();
		this.worker
			.on('message', (message: Message) => {
				this.hear(message);
			})
			.on('error', error => {
				this.error = error;
			})
			.on('exit', code => {
				this.isAlive = false;
				this.finish({type: 'lost', reason: this.reasonOf(code), ...(this.error && {error: this.error})});
			});
	}

	/** Asks one task; the thread must be alive and at none. */
	async ask(question: Question, onProgress: (share: number) => void): Promise<Ending> {
		this.asked++;
		this.worker.ref();
		return new Promise(resolve => {
			this.current = {onProgress, resolve};
			this.worker.postMessage(question);
		});
	}

	/** Ends the thread, in the middle of its task if it is at one. */
	async end(): Promise<void> {
		await this.worker.terminate();
	}

	private hear(message: Message): void {
		switch (message.type) {
			case 'begun': {
				this.wait();
				break;
			}

			case 'progress': {
				this.wait();
				this.current?.onProgress(message.share);
				break;
			}

			case 'answer': {
				this.finish(message);
				break;
			}

			case 'fault': {
				this.finish({type: 'fault', error: errorOf(message)});
				break;
			}
		}
	}

	private wait(): void {
		clearTimeout(this.timer);
		if (this.patience !== undefined) {
			this.timer = setTimeout(() => {
				this.isHanging = true;
				void this.end();
			}, this.patience);
		}
	}

	private finish(ending: Ending): void {
		clearTimeout(this.timer);
		const {current} = this;
		this.current = undefined;
		this.worker.unref();
		current?.resolve(ending);
	}

	private reasonOf(code: number): string {
		if (this.isHanging) {
			return `it hangs for ${(this.patience ?? 0) / 1000} s`;
		}

		return this.error === undefined
			? `its worker ended with ${code}`
			: `its worker ended: ${this.error.stack ?? this.error.message}`;
	}
}

/** A user's mistake is one in any thread. */
function errorOf({name, message, stack}: Message & {type: 'fault'}): Error {
	const error = name === 'UserError' ? new UserError(message) : new Error(message);
	if (stack !== undefined) {
		error.stack = stack;
	}

	return error;
}
