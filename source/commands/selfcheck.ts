import {
	type CheckResult, resultOf, runCheck, selfcheckSize, type SelfcheckResult,
} from '../selfcheck/selfcheck.js';
import {resultOf as commandResult} from './command-result.js';
import {formatFlag} from './format-flag.js';
import {type CommandContext, type CommandOutcome} from './verb.js';
import {renderSelfcheck, selfcheckFormats} from './render-selfcheck.js';
import {answersOf} from './task-pool.js';

/** The checks to be made: by number, in worker threads where there are some. */
export type Checks = {readonly entry: string; readonly count: number; readonly run: (check: number) => CheckResult};

const allChecks: Checks = {entry: 'selfcheck-worker.js', count: selfcheckSize, run: runCheck};

/** `vqlab selfcheck`: the closed forms and the published pairs against the model; exit code 1 if one falls out. */
export async function runSelfcheckCommand({line, interrupt, progress}: CommandContext, {entry, count, run}: Checks = allChecks): Promise<CommandOutcome> {
	const format = formatFlag(line.flags.format, selfcheckFormats);
	let done = 0;
	const answers = await answersOf<number, CheckResult>({
		entry,
		tasks: Array.from({length: count}, (_, check) => check),
		here: run,
		onStart() {
			progress.show('selfcheck', 0, `0 of ${count}`);
		},
		onDone(_, answer) {
			done++;
			progress.show('selfcheck', done / count, `${done} of ${count}: ${'theory' in answer ? answer.theory.law : answer.pair.id}`);
		},
		interrupt,
	});
	const result = resultOf(answers);
	return commandResult(renderSelfcheck(result, format), complaints(result));
}

function complaints({theory, pairs}: SelfcheckResult): readonly string[] {
	return [
		...theory.filter(({verdict}) => verdict === 'out').map(({law, setting, error}) => `${law} (${setting}): ${(error * 100).toFixed(2)} % off`),
		...pairs.filter(({verdict}) => verdict !== 'in band').map(({id, verdict, predicted, band}) => (
			`${id}: ${verdict}, ratio ${predicted.ratio.toPrecision(4)}, band ${band[0].toPrecision(4)} to ${band[1].toPrecision(4)}`
		)),
	];
}
