import {type Excerpt, type Wait} from '../../tracking/excerpt.js';
import {longestStage} from './command-blame.js';
import {type TimelineDesk} from './desk.js';

/**
Stages of the timeline by the stage of the metrics that they are, where that has another name.
*/
const stageNames: Readonly<Record<string, string>> = {irq: 'irqDelay', worker: 'workerDelay'};

/** What counts such waits. */
function waitPath({resources, cast}: Excerpt, {resource, actor}: Wait): string {
	if (resource < 0) {
		return 'ring.fullWaits';
	}

	switch (resources[resource].kind) {
		case 'qlock': {
			return cast[actor].letter === 'W' ? 'lock.spin.worker' : 'lock.spin.submitter';
		}

		case 'bql': {
			return 'bql.waitPerSecond';
		}

		case 'cpu': {
			return 'host.cpus';
		}
	}
}

/**
The word of the selected wait, else of the stage that kept the followed command; throws `UserError`.
*/
export function explainedWord(desk: TimelineDesk): string | undefined {
	const excerpt = desk.whole();
	const [blame] = desk.chain(excerpt);
	if (blame !== undefined) {
		return waitPath(excerpt, blame.wait);
	}

	const life = desk.followed === undefined ? undefined : desk.life(excerpt);
	const stage = life === undefined ? undefined : longestStage(excerpt, life)?.[0];
	return stage === undefined ? undefined : `latency.stages.${stageNames[stage] ?? stage}.mean`;
}
