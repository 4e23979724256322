import process from 'node:process';
import {Cost} from '../source/engine/cost.js';
import {type DistributionSpec} from '../source/engine/distribution.js';
import {compiled} from './c-program.js';
import {type Figure, overRounds} from './figure.js';

const draws = 2_000_000;
const rounds = 5;

const kinds: Readonly<Record<string, DistributionSpec>> = {
	const: {kind: 'const', value: 1000},
	exp: {kind: 'exp', mean: 40_000},
	lognormal: {kind: 'lognormal', median: 9000, sigma: 0.7},
};

/** ns of user CPU time a draw. */
function timed(spec: DistributionSpec): number {
	const cost = new Cost(1, 'bench', spec);
	cost.drawSum(draws / 10);
	const before = process.cpuUsage();
	const sum = cost.drawSum(draws);
	const {user} = process.cpuUsage(before);
	return sum > 0 ? (user * 1000) / draws : Number.NaN;
}

/** A draw of each kind, beside the same algorithms in C. */
export function benchDraw(): readonly Figure[] {
	const program = compiled('seed');
	try {
		const reference = program?.run('draw', String(draws)) ?? {};
		return Object.entries(kinds).map(([name, spec]) => ({
			name,
			...overRounds(Array.from({length: rounds}, () => timed(spec))),
			unit: 'ns a draw',
			better: 'less',
			...(Object.hasOwn(reference, name) ? {reference: {what: 'C', value: reference[name]}} : {}),
		}));
	} finally {
		program?.remove();
	}
}
