import {setImmediate as nextTurn} from 'node:timers/promises';
import {
	selfcheck, selfcheckSize, selfcheckSummary, type SelfcheckResult,
} from '../experiment/selfcheck/selfcheck.js';
import {formatFlag} from './format-flag.js';
import {type CommandContext, type CommandOutcome} from './registry.js';
import {renderSelfcheck, selfcheckFormats} from './render-selfcheck.js';

/** `vqlab selfcheck`: the closed forms and the published pairs against the model; exit code 1 if one falls out. */
export async function runSelfcheckCommand({line, interrupt, progress}: CommandContext, checks: () => Iterable<SelfcheckResult> = selfcheck): Promise<CommandOutcome> {
	const format = formatFlag(line.flags.format, selfcheckFormats);
	let result: SelfcheckResult = {theory: [], pairs: []};
	for (const partial of checks()) {
		result = partial;
		const done = result.theory.length + result.pairs.length;
		const last = result.pairs.at(-1)?.id ?? result.theory.at(-1)?.law ?? '';
		progress(`${done} of ${selfcheckSize}: ${last}`);
		await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between two checks
		if (interrupt.signal !== undefined) {
			break;
		}
	}

	return {output: renderSelfcheck(result, format), exitCode: selfcheckSummary(result).holds ? 0 : 1, complaints: complaints(result)};
}

function complaints({theory, pairs}: SelfcheckResult): readonly string[] {
	return [
		...theory.filter(({verdict}) => verdict === 'out').map(({law, setting, error}) => `${law} (${setting}): ${(error * 100).toFixed(2)} % off`),
		...pairs.filter(({verdict}) => verdict !== 'in band').map(({id, verdict, predicted, band}) => (
			`${id}: ${verdict}, ratio ${predicted.ratio.toPrecision(4)}, band ${band[0].toPrecision(4)} to ${band[1].toPrecision(4)}`
		)),
	];
}
