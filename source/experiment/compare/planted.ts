import {costKeys, scaledTime} from '../shape/cost-keys.js';
import {UserError} from '../../errors/user-error.js';
import {metricOf} from '../../metrics/metric-table.js';
import {type Configuration} from '../../simulation/configuration.js';
import {withChange} from '../../simulation/parameters/change.js';
import {type ParameterKey} from '../../simulation/parameters/table.js';
import {type Figures, type RunLength} from './figures.js';
import {type Gate} from './gate.js';
import {type PairMaker} from './pairs.js';

/** A regression made on purpose: a time of the configuration, so many times as long. */
export type Plant = {
	readonly key: ParameterKey;
	readonly factor: number;
	readonly configuration: Configuration;
};

/**
A factor that tells which key moves the metric most, and those that are
then tried, from the smallest.
*/
const probes = [1.5, 10] as const;
const factors = [1.02, 1.05, 1.1, 1.25, 1.5, 2, 3, 5, 10, 30, 100] as const;
/** Keys whose factors are tried. */
const mostKeys = 3;

/** How far beyond the gate's value a planted regression goes: half of it is room for its noise. */
const beyond = 1.5;

type Options = {readonly seed: number; readonly length: RunLength; readonly budget: number};

/**
Finds a time that, made longer, moves the gate's metric beyond its value: of the keys that move it
most the one that needs the smallest factor. Null when no cost of the configuration does (the gate
can not fire on it), undefined when the work was stopped.
*/
export async function plantFor(
	gate: Gate,
	configuration: Configuration,
	make: PairMaker,
	options: Options,
): Promise<Plant | null | undefined> {
	const reaches = async (
		tries: ReadonlyArray<readonly [ParameterKey, number]>,
	): Promise<readonly number[] | undefined> => {
		const longerOnes = tries.map(([key, factor]) => longer(configuration, key, factor));
		const answers = await make(
			[configuration, ...longerOnes.filter(other => other !== null)].map(side => ({
				sides: [null, side] as const,
				...options,
			})),
		);
		const figures = answers.map(pair => pair?.sides[1]?.figures);
		const [base, ...others] = figures;
		if (base === undefined || others.includes(undefined)) {
			return undefined;
		}

		return longerOnes.map(other => (other === null ? 0 : reach(gate, base, others.shift() ?? {})));
	};

	// A period that is longer is no cost.
	const keys = costKeys(configuration).filter(key => key.includes('.cost.'));
	for (const probe of probes) {
		const sizes = await reaches(keys.map(key => [key, probe])); // eslint-disable-line no-await-in-loop -- the larger probe only when the smaller moves nothing
		if (sizes === undefined) {
			return undefined;
		}

		const main = keys
			.map((key, index) => ({key, size: sizes[index]}))
			.filter(({size}) => size > 0)
			.toSorted((left, right) => right.size - left.size)
			.slice(0, mostKeys);
		for (const {key} of main) {
			const sizesOfKey = await reaches(factors.map(factor => [key, factor])); // eslint-disable-line no-await-in-loop -- the next key only when this one does not do
			if (sizesOfKey === undefined) {
				return undefined;
			}

			const first = sizesOfKey.findIndex(size => size >= beyond);
			const found = first === -1 ? null : longer(configuration, key, factors[first]);
			if (found !== null) {
				return {key, factor: factors[first], configuration: found};
			}
		}
	}

	return null;
}

/** Null where the key takes no such time. */
function longer(configuration: Configuration, key: ParameterKey, factor: number): Configuration | null {
	try {
		return withChange(configuration, {[key]: scaledTime(configuration.parameters[key], factor)}).configuration;
	} catch (error) {
		if (error instanceof UserError) {
			return null;
		}

		throw error;
	}
}

/** How far b is on its way into the condition: 1 is its edge. */
function reach({path, quantity, operator, value}: Gate, a: Figures, b: Figures): number {
	const [left, right] = [a[path] ?? null, b[path] ?? null];
	if (left === null || right === null) {
		return 0;
	}

	const sign = operator === '<' ? -1 : 1;
	switch (quantity) {
		case 'value': {
			// From where a is to the edge.
			const way = sign * (value - left);
			return way <= 0 ? (sign * (right - value) > 0 ? Infinity : 0) : (sign * (right - left)) / way;
		}

		case 'difference': {
			return value === 0 ? sign * (right - left) * Infinity || 0 : (sign * (right - left)) / (sign * value);
		}

		case 'ratio': {
			const change = left === 0 ? 0 : (right - left) / left;
			return value === 0 ? (sign * change > 0 ? Infinity : 0) : change / value;
		}
	}
}

/**
The same configuration with other random streams: its clients are renamed,
which changes no distribution.
*/
export function renamed(configuration: Configuration): Configuration {
	const rename = (name: string): string => `${name}${nullMark}`;
	const given =
		configuration.given === undefined
			? undefined
			: Object.fromEntries(
					Object.entries(configuration.given).map(([key, value]) => [
						key.replace(
							/^(?<prefix>clients\.)(?<name>.+)(?<last>\.\w+)$/v,
							(_, prefix: string, name: string, last: string) => prefix + rename(name) + last,
						),
						value,
					]),
				);
	return {
		...configuration,
		clients: configuration.clients.map(client => ({...client, name: rename(client.name)})),
		...(configuration.ownClients === undefined
			? {}
			: {ownClients: configuration.ownClients.map(client => ({...client, name: rename(client.name)}))}),
		...(given === undefined ? {} : {given}),
	};
}

/** Ends the name of a client that was renamed. */
const nullMark = ' b';

/** The paths that name a client, under its first name again. */
export function withFirstNames(figures: Figures): Figures {
	return Object.fromEntries(
		Object.entries(figures).map(([path, value]) => [path.replace(`${nullMark}.`, '.'), value]),
	);
}

/**
Whether the condition is one of a change to the worse: else a longer time is no regression for it.
*/
export function isRegression({path, operator}: Gate): boolean {
	const direction = metricOf(path)?.better ?? null;
	return direction === null || (direction === 'higher') === (operator === '<');
}
