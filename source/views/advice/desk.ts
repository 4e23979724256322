import {bestOfKeys} from '../../report/best-of-keys.js';
import {type AdviceDocument, type AdviceEntry} from '../../report/advice-document.js';
import {type AdviceJob} from '../../session/adviser.js';
import {moveIndex} from '../../session/interface-state.js';
import {type Subject} from '../../session/subject.js';
import {type Configuration} from '../../simulation/configuration.js';

/** Settings whose advice is kept, so that one that is taken back shows what stood there. */
const mostKept = 8;

/** How the advice on the present settings stands. */
export type AdviceState =
	| {readonly kind: 'none'}
	| {readonly kind: 'working'; readonly progress: number}
	| {readonly kind: 'failed'; readonly why: string}
	| {readonly kind: 'done'; readonly document: AdviceDocument};

/**
What the advice view looks at of a subject: advice on its settings, computed while it is looked at.
*/
export class AdviceDesk {
	private readonly subject: Subject;
	private index = 0;
	private job: AdviceJob | undefined;
	private asked = '';
	private readonly kept = new Map<string, AdviceDocument | Error>();

	constructor(subject: Subject) {
		this.subject = subject;
	}

	get state(): AdviceState {
		const found = this.kept.get(this.asked);
		if (found instanceof Error) {
			return {kind: 'failed', why: found.message};
		}

		if (found !== undefined) {
			return {kind: 'done', document: found};
		}

		return this.job === undefined ? {kind: 'none'} : {kind: 'working', progress: this.job.progress};
	}

	/** The rows, as `vqlab advise` ranks them: the best value of each key. */
	get entries(): readonly AdviceEntry[] {
		const {state} = this;
		return state.kind === 'done' ? bestOfKeys(state.document.advice) : [];
	}

	/** The number of the selected row. */
	get selected(): number {
		return moveIndex(this.index, 0, this.entries.length);
	}

	get entry(): AdviceEntry | undefined {
		return this.entries.at(this.selected);
	}

	move(by: number): void {
		this.index = moveIndex(this.selected, by, this.entries.length);
	}

	/** Begins what is wanted and not there, and ends what nobody waits for. */
	attend(isLookedAt: boolean): void {
		const {run, now} = this.subject;
		if (run?.adviser === undefined || !isLookedAt) {
			this.cancel();
			return;
		}

		const {session} = run;
		if (session.present !== undefined && session.present > now && this.asked !== '') {
			// The past may be set otherwise; advice is on the present.
			return;
		}

		const key = keyOf(session.configuration);
		if (key !== this.asked) {
			this.cancel();
			this.asked = key;
			this.index = 0;
		}

		if (!this.kept.has(key)) {
			this.job ??= run.adviser.begin({configuration: session.configuration, preset: session.run.preset.name});
			this.take(this.job);
		}
	}

	/** Computes it anew. */
	again(): void {
		this.cancel();
		this.kept.delete(this.asked);
	}

	/** Settles when the advice on the present settings is there. */
	async ready(): Promise<void> {
		this.attend(true);
		await this.job?.done;
		this.attend(true);
	}

	private take({document, failure}: AdviceJob): void {
		const found = document ?? (failure === undefined ? undefined : new Error(failure));
		if (found !== undefined) {
			this.job = undefined;
			this.kept.set(this.asked, found);
			const [oldest] = this.kept.keys();
			if (this.kept.size > mostKept && oldest !== undefined) {
				this.kept.delete(oldest);
			}
		}
	}

	private cancel(): void {
		this.job?.cancel();
		this.job = undefined;
	}
}

const keys = new WeakMap<Configuration, string>();

/** Two configurations with the same key are the same run. */
function keyOf(configuration: Configuration): string {
	const known = keys.get(configuration);
	if (known !== undefined) {
		return known;
	}

	const {parameters, clients, faults} = configuration;
	const key = JSON.stringify([parameters, clients, faults]);
	keys.set(configuration, key);
	return key;
}

const desks = new WeakMap<Subject, AdviceDesk>();

/** The desk of a subject. */
export function adviceDeskOf(subject: Subject): AdviceDesk {
	const known = desks.get(subject);
	if (known !== undefined) {
		return known;
	}

	const desk = new AdviceDesk(subject);
	desks.set(subject, desk);
	return desk;
}
