/**
Steps by name, each with the number that stands for it in `Thread.step`:
from 0, in the order of the names.
*/
export function numbered<const Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
	const steps = Object.fromEntries(names.map((name, step) => [name, step])) as Record<Name, number>;
	if (Object.keys(steps).length < names.length) {
		throw new Error('two steps have one name');
	}

	return steps;
}

/** The name of a step in a table of `numbered`. */
export function stepName(steps: Readonly<Record<string, number>>, step: number): string {
	return Object.keys(steps).find(name => steps[name] === step) ?? `step ${step}`;
}
