import {constraintsOf, goalOfVerdict, pacedClients} from '../diagnosis/advice/goal-of-verdict.js';
import {type Verdict} from '../diagnosis/finding.js';
import {advise, runsOfAdvice} from '../experiment/advise/advise.js';
import {candidatesFor} from '../experiment/advise/candidates.js';
import {checkConstraints, checkGoal, type Constraint, type Goal} from '../experiment/advise/goal.js';
import {blockLengthFor, type Pilot} from '../experiment/advise/pilot.js';
import {adviceDocument, type AdviceDocument} from '../report/advice-document.js';
import {type Configuration} from '../simulation/configuration.js';
import {schema, version} from '../version.js';
import {blockKind} from '../work/kinds/block.js';
import {type Pool} from '../work/pool.js';

/** What advice is asked on, and of whom. */
export type AdviceWork = {
	readonly configuration: Configuration;
	readonly preset: string;
	/** The first run of it. */
	readonly pilot: Pilot;
	readonly verdict: Verdict;
	/** That of the verdict when left out. */
	readonly goal?: Goal;
	/** None: those of the goal. */
	readonly constraints: readonly Constraint[];
	/** Events of all runs together, about. */
	readonly events: number;
	/** Events of a run at most. */
	readonly budget: number;
	/** What a faster stage would bring, and on which costs the first advice rests. */
	readonly profile: boolean;
	readonly pool: Pool;
	readonly signal: AbortSignal;
	readonly onShare: (share: number) => void;
};

/** What else is shown of each change. */
const usuallyShown = ['throughput.completed', 'latency.p99', 'latency.mean'] as const;

/** Computes advice in the pool. Throws `UserError` for a goal that the preset has not. */
export async function adviceOf(work: AdviceWork): Promise<AdviceDocument> {
	const {configuration, preset, pilot, verdict, profile, pool, signal} = work;
	const {seed} = configuration.parameters;
	const goal = work.goal ?? goalOfVerdict(verdict.bottleneck, pilot.metrics, configuration);
	checkGoal(goal, pilot.metrics);
	checkConstraints(work.constraints, pilot.metrics);
	const constraints =
		work.constraints.length > 0 ? work.constraints : constraintsOf(goal, pilot.metrics, configuration);
	const candidates = candidatesFor(configuration);
	const paced = pacedClients(configuration);
	const report = await advise({
		configuration,
		seed,
		goal,
		constraints,
		candidates,
		preferred: Object.keys(verdict.suggestion?.set ?? {}),
		shown: [...usuallyShown, ...paced.flatMap(client => [`frames.${client}.perSecond`, `frames.${client}.missed`])],
		length: blockLengthFor(configuration, pilot, work.events / runsOfAdvice(candidates.length, profile)),
		whole: pilot.whole,
		budget: work.budget,
		profile: profile && !pilot.whole,
		make: async tasks => pool.answers(blockKind, tasks, {signal}),
		onRound: work.onShare,
	});
	return adviceDocument(report, {
		schema,
		vqlab: version,
		preset,
		seed,
		configuration,
		verdict,
		constraints,
		note: noteOf(configuration, paced),
	});
}

function noteOf({clients}: Configuration, paced: readonly string[]): string | null {
	return paced.length > 0 && paced.length === clients.length
		? `${paced.join(', ')} ${paced.length === 1 ? 'is' : 'are'} paced: throughput cannot move, missed frames ` +
				'and p99 can.'
		: null;
}
