/** The version of the program; a test holds it equal to that of package.json. */
export const version = '1.0.0';

declare const vqlabBuild: string | undefined;

/**
What the built program was made of: 16 hex digits over all sources. Undefined where it runs from
them.
*/
export const build = typeof vqlabBuild === 'string' ? vqlabBuild : undefined;

/**
The schema of every JSON document that is printed (docs/contract.md): it
rises when a figure is redefined.
*/
export const schema = 2;
