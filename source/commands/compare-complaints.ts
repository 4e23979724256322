import {UserError} from '../errors/user-error.js';
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

/**
Looks whether gates are on metrics that both sides have.

@throws {UserError} for one that is not: it could neither close nor open.
*/
export function checkGates({gates, rows, a, b, runs}: Comparison): void {
	const missing = gates.find(({gate: {path}}) => !rows.some(row => row.path === path && row.n > 0));
	// What a run that stood still has not measured is no mistake of the gate.
	if (missing === undefined || runs === 0 || a.stall !== null || b.stall !== null) {
		return;
	}

	const {text, path} = missing.gate;
	const row = rows.find(entry => entry.path === path);
	const [isOfA, isOfB] = [row?.a, row?.b].map(value => typeof value === 'number');
	const who = isOfA ? 'side b has' : isOfB ? 'side a has' : 'both sides have';
	throw new UserError(`--fail-if '${text}': ${who} no ${path} here; gate on a metric that both have`);
}
