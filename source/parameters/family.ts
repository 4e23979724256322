import {type DistributionParameter} from './parameter.js';

type Family<Base extends string, Name extends string, Field extends string> = {
	/** The parameter whose value is inherited, and whose key the entries extend. */
	readonly base: DistributionParameter & {readonly key: Base; readonly sets: Field};
	/** What the entries are for; where each stands in the list that the field is. */
	readonly names: readonly Name[];
	readonly element: (name: Name) => number;
	readonly label: string;
	readonly words: (name: Name) => string;
};

/**
One entry a name, `<base key>.<NAME>`, each inheriting the value of the base and
setting an element of its field.
*/
export function family<Base extends string, Name extends string, Field extends string>({
	base,
	names,
	element,
	label,
	words,
}: Family<Base, Name, Field>): ReadonlyArray<
	DistributionParameter & {readonly key: `${Base}.${Name}`; readonly sets: Field; readonly element: number}
> {
	const {elements: _, ...shared} = base;
	return names.map(name => ({
		...shared,
		key: `${base.key}.${name}`,
		sets: base.sets,
		element: element(name),
		label: `${label} ${name}`,
		default: 'inherit',
		automatic: {word: 'inherit', words: `the value of ${base.key}`},
		family: base.key,
		words: words(name),
	}));
}
