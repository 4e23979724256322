import {type Configuration} from '../simulation/configuration.js';
import {type Metrics, pauseNames} from '../metrics/metrics.js';
import {type VerdictName} from '../metrics/verdict-names.js';
import {Facts} from './facts.js';
import {type AtomicSleepWords, type Finding, type Severity, type StallWords, type Verdict} from './finding.js';
import {sleepInAtomic} from './verdict-atomic.js';
import {fencePoll, fenceWait, loopBound, workerLate} from './verdict-host.js';
import {doorbell, ringFull, submitterBound} from './verdict-guest.js';
import {demandMet, missedFrames, roundTrip} from './verdict-goal.js';
import {commandsLost, commandsUnanswered, demandShort, stalled, unanswered} from './verdict-lost.js';
import {pauseRule} from './verdict-pause.js';
import {spinStarvesHost, submitterSpin, workerSpin} from './verdict-spin.js';
import {bqlBusy, bqlHeldByOthers, hostQueue, lockWait, roomWait, workerLong} from './verdict-waits.js';

/** Looks at a run and finds something there, or does not. */
type Rule = {
	/** What the user is to think of it. */
	readonly severity: Severity;
	/** It is told also when another rule has found the bottleneck: a user would complain of it. */
	readonly complaint: boolean;
	readonly find: (facts: Facts) => Finding | undefined;
};

const problem = (find: Rule['find']): Rule => ({severity: 'problem', complaint: true, find});
const wait = (find: Rule['find']): Rule => ({severity: 'notice', complaint: true, find});
const bound = (find: Rule['find'], severity: Severity = 'notice'): Rule => ({severity, complaint: false, find});

/**
The rules in the order in which they are asked; the first that finds something is the bottleneck,
complaints further down are told besides. First what went wrong (what stood still, what was lost, a
spinner on the CPU that the host needs), then what the user sees (fences, frames, commands without
an answer), then pure waste whose cause is known (spinning), then what is used up (host loop, BQL,
ring, doorbells, submitter), then waits for one cause, then plain waiting. A ring that is full
because the main loop is used up is `loop-bound`: a larger one would be full as well.
*/
const rules: readonly Rule[] = [
	...pauseNames.map(name => problem(pauseRule(name))),
	problem(spinStarvesHost),
	problem(commandsLost),
	wait(fencePoll),
	wait(fenceWait),
	problem(missedFrames),
	problem(commandsUnanswered),
	bound(workerSpin),
	bound(submitterSpin),
	bound(loopBound),
	wait(bqlHeldByOthers),
	bound(ringFull),
	bound(doorbell),
	bound(submitterBound),
	wait(bqlBusy),
	wait(workerLong),
	bound(workerLate),
	wait(hostQueue),
	wait(lockWait),
	wait(roomWait),
	bound(demandShort, 'problem'),
	bound(roundTrip, 'ok'),
	bound(unanswered),
];

/** Wastes: they cost CPU time, but throughput may be bound by something else. */
const wastes: ReadonlySet<VerdictName> = new Set<VerdictName>(['worker-spin', 'submitter-spin', 'doorbell']);

/** What follows from a stall needs no words of its own. */
const afterStall: ReadonlySet<VerdictName> = new Set<VerdictName>(['commands-unanswered', 'missed-frames']);

/** Complaints besides the bottleneck that are told. */
const mostAlso = 2;

const severities: readonly Severity[] = ['ok', 'notice', 'problem'];

/**
Names the bottleneck of a run, with the numbers that show it, and what a
user would complain of besides.
*/
export function judge(
	metrics: Metrics,
	configuration: Configuration,
	stall: StallWords | null = null,
	sleeps: readonly AtomicSleepWords[] = [],
): Verdict {
	const facts = new Facts(metrics, configuration);
	const found = [problem(() => sleepInAtomic(sleeps)), ...rules].flatMap(({severity, complaint, find}) => {
		const finding = find(facts);
		return finding === undefined ? [] : [{severity, complaint, finding}];
	});
	const first =
		stall === null
			? (found.at(0) ?? {severity: 'ok' as const, complaint: false, finding: demandMet(facts)})
			: {severity: 'problem' as const, complaint: true, finding: stalled(facts, stall)};
	const {bottleneck} = first.finding;
	const also: Finding[] = [];
	const tell = (finding: Finding | undefined): void => {
		if (finding === undefined || (bottleneck === 'stall' && afterStall.has(finding.bottleneck))) {
			return;
		}

		if (
			also.length < mostAlso &&
			![bottleneck, ...also.map(other => other.bottleneck)].includes(finding.bottleneck)
		) {
			also.push(finding);
		}
	};

	if (wastes.has(bottleneck)) {
		tell(loopBound(facts) ?? submitterBound(facts));
	}

	let worst = severities.indexOf(first.severity);
	for (const {severity, complaint, finding} of found) {
		if (complaint) {
			worst = Math.max(worst, severities.indexOf(severity));
			tell(finding);
		}
	}

	const {asked, done, unfinished} = facts;
	return {
		...first.finding,
		severity: severities[facts.isShort ? severities.length - 1 : worst],
		asked,
		done,
		unfinished,
		also,
	};
}
