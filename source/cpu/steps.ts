/**
Steps by name, each with the number that stands for it in `Thread.step`:
from 0, in the order of the names.
*/
export function numbered<const Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
	const entries: Array<readonly [string | symbol, number]> = names.map((name, step) => [name, step]);
	// Without a first key of its own the table has its hidden class in common with any object that
	// begins with the same name. One with a fraction there makes fractions of the steps of all
	// threads, and everything that runs is compiled anew.
	const steps = Object.fromEntries([[Symbol('steps'), names.length] as const, ...entries]) as Record<Name, number>;
	if (Object.keys(steps).length < names.length) {
		throw new Error('two steps have one name');
	}

	return steps;
}

/** The name of a step in a table of `numbered`. */
export function stepName(steps: Readonly<Record<string, number>>, step: number): string {
	return Object.keys(steps).find(name => steps[name] === step) ?? `step ${step}`;
}
