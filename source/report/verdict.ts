import {type Configuration} from '../parameters/configuration.js';
import {type Metrics} from '../metrics/metrics.js';
import {Facts} from './facts.js';
import {type Finding, type Verdict, type VerdictName} from './finding.js';
import {fencePoll, loopBound, workerLate} from './verdict-host.js';
import {doorbell, ringFull, submitterBound} from './verdict-guest.js';
import {demandMet, missedFrames, roundTrip} from './verdict-goal.js';
import {spinStarvesHost, submitterSpin, workerSpin} from './verdict-spin.js';

/** Looks at a run and finds its bottleneck there, or does not. */
export type Rule = (facts: Facts) => Finding | undefined;

/**
The rules in the order in which they are asked; the first that finds something is the verdict.
First what makes everything else worse (a spinner on the CPU that the host needs), then what
the user sees (fences, frames), then pure waste whose cause is known (spinning), then what is
used up (host loop, ring, doorbells, submitter), then plain waiting. A ring that is full because
the main loop is used up is `loop-bound`: a larger one would be full as well.
*/
const rules: readonly Rule[] = [
	spinStarvesHost,
	fencePoll,
	missedFrames,
	workerSpin,
	submitterSpin,
	loopBound,
	ringFull,
	doorbell,
	submitterBound,
	workerLate,
	roundTrip,
];

/** Wastes: they cost CPU time, but throughput may be bound by something else. */
const wastes: ReadonlySet<VerdictName> = new Set<VerdictName>(['worker-spin', 'submitter-spin', 'doorbell']);

/** Names the bottleneck of a run, with the numbers that show it. */
export function judge(metrics: Metrics, configuration: Configuration): Verdict {
	const facts = new Facts(metrics, configuration);
	for (const rule of rules) {
		const finding = rule(facts);
		if (finding) {
			const bound = wastes.has(finding.bottleneck) ? loopBound(facts) ?? submitterBound(facts) : undefined;
			return {...finding, also: bound?.text ?? null};
		}
	}

	return {...demandMet(facts), also: null};
}
