import {type Comparison} from '../experiment/compare/report.js';

/**
Why a comparison ends with exit status 1: gates that close, sides that
stall, gates that are not proved.
*/
export function complaints(
	{gates, a, b, runs, recorded, proofs = []}: Comparison,
	{undecidedFails}: {readonly undecidedFails: boolean},
): string[] {
	return [
		...gates
			.filter(({outcome}) => outcome === 'fails' || (outcome === 'undecided' && undecidedFails))
			.map(({gate, outcome}) =>
				outcome === 'fails'
					? `gate closed: ${gate.text}`
					: `gate undecided after ${runs} ${recorded === undefined ? 'pairs' : 'blocks'}: ${gate.text} ` +
						'(--undecided pass lets it through)',
			),
		...[['a', a] as const, ['b', b] as const].flatMap(([name, side]) =>
			side.stall === null ? [] : [`${name} stalls in ${side.stalls} of ${runs} runs: ${side.stall}`],
		),
		...proofs.flatMap(({gate, fault}) => (fault === null ? [] : [`--prove-gate: '${gate.text}' ${fault}`])),
	];
}
