declare const brand: unique symbol;

/**
A number that is an id of some kind. It is a plain number when the program runs; for the
compiler arithmetic on it gives a number, which is no id again.
*/
export type Brand<Kind extends string> = number & {readonly [brand]: Readonly<Record<Kind, true>>};
