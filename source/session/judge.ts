import {type Suggestion} from '../diagnosis/finding.js';
import {type NoHelp, whatDoesNotHelp} from '../diagnosis/no-help.js';
import {relevantParameters} from '../diagnosis/relevant-parameters.js';
import {judge} from '../diagnosis/verdict.js';
import {type VerdictName} from '../metrics/verdict-names.js';
import {parameter} from '../simulation/parameters/table.js';
import {formatValue} from '../parameters/value.js';
import {changedKeys, mostRelevant} from './parameter-list.js';
import {type Session} from './session.js';
import {type Advice, type VerdictSentence} from './snapshot.js';

/** The verdict changes at 1 Hz and only when it held three times; wall ms. */
const period = 1000;
const holds = 3;
/**
Simulated time that the first verdict rests on, ns, and wall time after which it does with less, ms.
*/
export const leastStretch = 100_000_000;
const patience = 3000;
/** Keys of so many letters are written whole. */
const longestKey = 12;
/**
A waste that nobody complains of; where a setting takes it away it is a problem to who
sits in front of the settings.
*/
const spins: ReadonlySet<VerdictName> = new Set<VerdictName>(['worker-spin', 'submitter-spin']);

/** What is thought of a run: the verdict, what would help, and what would not. */
export type Judgement = {
	readonly verdict: VerdictSentence;
	readonly advice: Advice | null;
	readonly noHelp: readonly NoHelp[];
};

/** A long key without its group; a short one whole: `size` alone says nothing. */
function shortKey(key: string): string {
	return key.length <= longestKey ? key : (key.split('.').at(-1) ?? key);
}

function adviceOf(suggestion: Suggestion, wordsOf: (key: string, value: Suggestion['set'][string]) => string): Advice {
	const sets = Object.entries(suggestion.set);
	const text = sets.map(([key, value]) => `${key} = ${wordsOf(key, value)}`).join(', ');
	const short = sets.map(([key, value]) => `${shortKey(key)} = ${wordsOf(key, value)}`).join(', ');
	return {
		id: 'try',
		text: `${text}: ${suggestion.why}`,
		short: `${short}: ${suggestion.why}`,
		set: suggestion.set,
	};
}

function writtenValue(key: string, value: Suggestion['set'][string]): string {
	return typeof value === 'boolean' ? (value ? 'on' : 'off') : formatValue(parameter(key), value);
}

/**
Judges a session as it goes on, so that its verdict can be read: it
stays until another one has held.
*/
export class Judge {
	private judgedAt = -Infinity;
	/** When what is judged began, wall ms. */
	private since = -Infinity;
	private last: Judgement | null = null;
	private candidate: {id: string; times: number} = {id: '', times: 0};

	constructor(private readonly session: Session) {}

	/** Null: it is not known yet. */
	get judgement(): Judgement | null {
		return this.last;
	}

	/** It is looked at from `now` (wall ms) on: what there is to judge is judged at once. */
	begin(now: number): void {
		this.since = now;
	}

	/** Another setting is in force from `now` (wall ms) on. */
	forget(now: number): void {
		this.last = null;
		this.session.advised = null;
		this.candidate = {id: '', times: 0};
		this.judgedAt = now;
		this.since = now;
	}

	/** Looks again when it is time to; `settled`: there is enough to judge. */
	look(now: number, settled: boolean): void {
		const {session} = this;
		// What stands still is judged once, at once: as a place of the past that is looked at.
		const isDue = session.paused ? this.last === null : now - this.judgedAt >= period;
		if (!isDue || !settled || !this.isLong(now)) {
			return;
		}

		this.judgedAt = now;
		const metrics = session.run.recorder.metrics();
		const {configuration} = session;
		const {bottleneck, text, short, suggestion, severity} = judge(metrics, configuration);
		this.candidate = {id: bottleneck, times: this.candidate.id === bottleneck ? this.candidate.times + 1 : 1};
		// The first verdict after a change has nothing to flicker against.
		if (this.last !== null && this.last.verdict.id !== bottleneck && this.candidate.times < holds) {
			return;
		}

		if (this.last?.verdict.id !== bottleneck) {
			this.order(bottleneck);
		}

		const advised = Object.keys(suggestion?.set ?? {});
		this.last = {
			verdict: {
				id: bottleneck,
				text,
				short,
				severity: suggestion !== null && spins.has(bottleneck) ? 'problem' : severity,
			},
			advice: suggestion === null ? null : adviceOf(suggestion, writtenValue),
			noHelp: whatDoesNotHelp(metrics, configuration).filter(({key}) => !advised.includes(key)),
		};
		session.advised = suggestion?.set ?? null;
	}

	/**
	The first verdict waits for a stretch that another one can be compared with, but not for ever.
	*/
	private isLong(now: number): boolean {
		const {run} = this.session;
		return (
			this.last !== null || (run.warm && (run.recorder.duration >= leastStretch || now - this.since >= patience))
		);
	}

	/**
	What acts on the verdict comes first; what was changed, and what is
	there already, keeps its place.
	*/
	private order(verdict: VerdictName): void {
		const {session} = this;
		const wanted = [
			...changedKeys(session.configuration, session.run.preset.configuration),
			...relevantParameters(verdict),
		];
		const kept = session.relevant.filter(key => wanted.includes(key));
		session.relevant = [...kept, ...wanted.filter(key => !kept.includes(key))].slice(0, mostRelevant);
	}
}
