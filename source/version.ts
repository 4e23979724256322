/** The version of the program; a test holds it equal to that of package.json. */
export const version = '1.0.0';

/**
The schema of every JSON document that is printed (docs/contract.md): it
rises when a figure is redefined.
*/
export const schema = 2;
