import {type ParameterValue} from '../../parameters/configuration.js';
import {type StageName} from '../../metrics/metric-names.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type GivenParameters} from '../../simulation/parameters/resolve.js';
import {valueOf} from '../../simulation/parameters/resolve-clients.js';
import {type Figures} from '../compare/figures.js';
import {costKeys, scaledTime} from '../shape/cost-keys.js';

/**
The costs that a stage of a command's life is made of; stages that are waits for
others have none of their own.
*/
const costsOf: ReadonlyArray<readonly [StageName, RegExp]> = [
	['prepare', /^guest\.cost\.(?:prepare|write)\b|^clients\..+\.prepare$/v],
	['submit', /^guest\.cost\.add$/v],
	['notifyDelay', /^guest\.cost\.(?:kickPrepare|unlockGap)$/v],
	['doorbell', /^host\.cost\.(?:exitUser|exitKernel|notify|lockHandoff|unwind|entry|postedWrite)$/v],
	['hostWake', /^host\.cost\.(?:loopWake|poll|kickPreempt|poolWake)$/v],
	['service', /^device\.cost\.|^host\.cost\.(?:pop|push|fsync\w+)$|^clients\..+\.service$/v],
	['fence', /^device\.(?:gpuTime|fencePoll)$|^clients\..+\.gpuTime$/v],
	['irqDelay', /^host\.cost\.(?:msi|irqfd|irqDelivery|haltWake|wakeIpi|cold)$|^guest\.cost\.irqEntry$/v],
	['workerDelay', /^guest\.cost\.(?:workerWake|contextSwitch)$/v],
	['reap', /^guest\.cost\.(?:getBuf|drain|free)$/v],
	['response', /^guest\.cost\.(?:response|taskWake)\b/v],
];

/** Stages of less than this share of a command's life are not worth a run. */
const leastShare = 0.02;

/** The costs of the stages that take their part of a command's life, by stage. */
export function stageKeys(
	configuration: Configuration,
	figures: Figures,
): ReadonlyArray<{readonly stage: StageName; readonly keys: readonly string[]}> {
	const keys = [...costKeys(configuration), ...clientKeys(configuration)];
	return costsOf
		.filter(([stage]) =>
			['', 'cursor.'].some(queue => (figures[`${queue}latency.stages.${stage}.share`] ?? 0) >= leastShare),
		)
		.map(([stage, pattern]) => ({stage, keys: keys.filter(key => pattern.test(key))}))
		.filter(entry => entry.keys.length > 0);
}

/** Those stages with the settings that make them a share `faster` (0 to 1). */
export function fasterStages(
	configuration: Configuration,
	figures: Figures,
	faster: number,
): ReadonlyArray<{readonly stage: StageName; readonly set: GivenParameters}> {
	return stageKeys(configuration, figures).map(({stage, keys}) => {
		const set: Record<string, ParameterValue> = {};
		for (const key of keys) {
			const value = valueOf(configuration, key);
			if (value !== undefined) {
				set[key] = scaledTime(value, 1 - faster);
			}
		}

		return {stage, set};
	});
}

/**
Times that a client has in its only step: a key of the client would make
those of several steps the same.
*/
function clientKeys({clients}: Configuration): readonly string[] {
	return clients.flatMap(({name, loop: [step, ...more]}) =>
		step === undefined || more.length > 0
			? []
			: (['prepare', 'service', 'gpuTime'] as const)
					.filter(setting => typeof step[setting] === 'object')
					.map(setting => `clients.${name}.${setting}`),
	);
}
