import {resultOf, selfcheckSize, type SelfcheckResult} from '../selfcheck/selfcheck.js';
import {checkKind} from '../work/kinds/check.js';
import {withPool} from '../work/pool.js';
import {resultOf as commandResult} from './command-result.js';
import {formatFlag} from './format-flag.js';
import {type CommandContext, type CommandOutcome} from './verb.js';
import {renderSelfcheck, selfcheckFormats} from './render-selfcheck.js';

/** The checks to be made: how many, and how one is. */
export type Checks = {readonly count: number; readonly kind: typeof checkKind};

const allChecks: Checks = {count: selfcheckSize, kind: checkKind};

/**
`vqlab selfcheck`: the closed forms and the published pairs against the
model; exit code 1 if one falls out.
*/
export async function runSelfcheckCommand(
	{line, interrupt, progress}: CommandContext,
	{count, kind}: Checks = allChecks,
): Promise<CommandOutcome> {
	const format = formatFlag(line.flags.format, selfcheckFormats);
	let done = 0;
	const answers = await interrupt.during(async () =>
		withPool({}, async pool => {
			progress.show('selfcheck', 0, `0 of ${count}`);
			return pool.answers(
				kind,
				Array.from({length: count}, (_, check) => ({check})),
				{
					signal: interrupt.stopped,
					onDone(_, answer) {
						done++;
						progress.show(
							'selfcheck',
							done / count,
							`${done} of ${count}: ${'theory' in answer ? answer.theory.law : answer.pair.id}`,
						);
					},
				},
			);
		}),
	);
	const result = resultOf(answers);
	return commandResult(renderSelfcheck(result, format), complaints(result));
}

function complaints({theory, pairs}: SelfcheckResult): readonly string[] {
	return [
		...theory
			.filter(({verdict}) => verdict === 'out')
			.map(({law, setting, error}) => `${law} (${setting}): ${(error * 100).toFixed(2)} % off`),
		...pairs
			.filter(({verdict}) => verdict !== 'in band')
			.map(
				({id, verdict, predicted, band}) =>
					`${id}: ${verdict}, ratio ${predicted.ratio.toPrecision(4)}, band ${band[0].toPrecision(4)} ` +
					`to ${band[1].toPrecision(4)}`,
			),
	];
}
