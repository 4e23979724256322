import {type DistributionSpec} from '../engine/distribution.js';
import {UserError} from '../errors/user-error.js';
import {formatDuration, parseDuration, quoted} from './duration.js';

/**
Reads the samples that `empirical(file#key)` names, in ns, in any order. Throws `UserError`.
Only presets have a folder to read from; elsewhere there is no reader.
*/
export type EmpiricalReader = (file: string, key: string) => readonly number[];

/** Into how many quantiles samples are condensed. */
export const empiricalQuantiles = 1024;

const forms = 'const(5us), exp(20us), uniform(2us,8us), lognormal(5us,0.6), quantiles(0:1us,0.5:3us,1:90us)';

/** Reads a distribution of durations; a bare duration is a constant. Throws `UserError`. */
export function parseDistribution(text: string, readEmpirical?: EmpiricalReader): DistributionSpec {
	const match = /^([a-z]+)\((.*)\)$/sv.exec(text.trim());
	if (match === null) {
		if (/^[a-z]/v.test(text.trim())) {
			throw new UserError(`${quoted(text)} is no distribution: write a duration or ${forms}`);
		}

		return {kind: 'const', value: parseDuration(text)};
	}

	const [, name, inside] = match;
	if (name === 'empirical') {
		return parseEmpirical(text, inside, readEmpirical);
	}

	const words = inside.split(',').map(word => word.trim());
	switch (name) {
		case 'const': {
			expectCount(text, words, 1, 'const(5us)');
			return {kind: 'const', value: parseDuration(words[0])};
		}

		case 'exp': {
			expectCount(text, words, 1, 'exp(20us)');
			return {kind: 'exp', mean: parseDuration(words[0])};
		}

		case 'uniform': {
			expectCount(text, words, 2, 'uniform(2us,8us)');
			const [low, high] = words.map(word => parseDuration(word));
			if (low > high) {
				throw new UserError(`${quoted(text)}: the first duration of uniform(low,high) is the smaller one`);
			}

			return {kind: 'uniform', low, high};
		}

		case 'lognormal': {
			expectCount(text, words, 2, 'lognormal(5us,0.6), median and sigma');
			const sigma = parseNumber(words[1]);
			if (!(sigma >= 0 && sigma <= 5)) {
				throw new UserError(`${quoted(text)}: sigma is a number from 0 to 5`);
			}

			return {kind: 'lognormal', median: parseDuration(words[0]), sigma};
		}

		case 'quantiles': {
			return {kind: 'quantiles', points: parsePoints(text, words)};
		}

		default: {
			throw new UserError(`${quoted(text)} is no distribution: write ${forms} or empirical(file#key)`);
		}
	}
}

/** Inverse of `parseDistribution`, canonical: a constant is a bare duration. */
export function formatDistribution(spec: DistributionSpec): string {
	switch (spec.kind) {
		case 'const': {
			return formatDuration(spec.value);
		}

		case 'exp': {
			return `exp(${formatDuration(spec.mean)})`;
		}

		case 'uniform': {
			return `uniform(${formatDuration(spec.low)},${formatDuration(spec.high)})`;
		}

		case 'lognormal': {
			return `lognormal(${formatDuration(spec.median)},${spec.sigma})`;
		}

		case 'quantiles': {
			return `quantiles(${spec.points.map(([probability, value]) => `${probability}:${formatDuration(value)}`).join(',')})`;
		}
	}
}

/** Condenses samples (ns) into quantiles at evenly spaced ranks, values whole ns. */
export function quantilesOf(samples: readonly number[]): DistributionSpec {
	const sorted = samples.toSorted((a, b) => a - b);
	const count = Math.min(empiricalQuantiles, Math.max(2, sorted.length));
	const points = Array.from({length: count}, (_, index): readonly [number, number] => {
		const rank = index / (count - 1);
		const position = rank * (sorted.length - 1);
		const below = Math.floor(position);
		const above = Math.min(below + 1, sorted.length - 1);
		const value = sorted[below] + (sorted[above] - sorted[below]) * (position - below);
		return [Math.round(rank * 1e6) / 1e6, Math.round(value)];
	});
	return {kind: 'quantiles', points};
}

function parseEmpirical(text: string, inside: string, readEmpirical: EmpiricalReader | undefined): DistributionSpec {
	const hash = inside.indexOf('#');
	if (hash < 1 || hash === inside.length - 1) {
		throw new UserError(`${quoted(text)}: write empirical(file#key), key being a name in the JSON or CSV file`);
	}

	if (readEmpirical === undefined) {
		throw new UserError(
			`${quoted(text)}: a file can be named in a preset only; write quantiles(0:1us,0.5:3us,1:90us) here`,
		);
	}

	return quantilesOf(readEmpirical(inside.slice(0, hash).trim(), inside.slice(hash + 1).trim()));
}

function parsePoints(text: string, words: readonly string[]): ReadonlyArray<readonly [number, number]> {
	const points = words.map((word): readonly [number, number] => {
		const colon = word.indexOf(':');
		if (colon < 1) {
			throw new UserError(`${quoted(text)}: a quantile is probability:duration, as in 0.5:3us`);
		}

		return [parseNumber(word.slice(0, colon)), parseDuration(word.slice(colon + 1))];
	});
	const ascending = points.every(
		([probability, value], index) =>
			index === 0 || (probability > points[index - 1][0] && value >= points[index - 1][1]),
	);
	if (
		points.length < 2 ||
		points.length > empiricalQuantiles ||
		points[0][0] !== 0 ||
		points.at(-1)?.[0] !== 1 ||
		!ascending
	) {
		throw new UserError(
			`${quoted(text)}: quantiles ascend from probability 0 to 1, 2 to ${empiricalQuantiles} of them, as ` +
				'in quantiles(0:1us,0.5:3us,1:90us)',
		);
	}

	return points;
}

function parseNumber(text: string): number {
	return /^\d+(?:\.\d+)?$/v.test(text.trim()) ? Number(text) : Number.NaN;
}

function expectCount(text: string, words: readonly string[], count: number, form: string): void {
	if (words.length !== count) {
		throw new UserError(`${quoted(text)}: write ${form}`);
	}
}
