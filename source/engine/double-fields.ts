/**
Makes fields of an object hold doubles from its first moment, whatever small integer is in them.
What holds a time or a share is named here by its class's constructor.

V8 keeps a field as a small integer until a number of 2^31 or more (2.1 s, in ns), or one with a
fraction, is put into it. Then the shape of all objects of the class changes, and all that was
compiled for the old one is thrown away and compiled again. Such a field that changes late, as the
warm-up ends or at 2.1 s, costs a fifth of the time of a run of some seconds.

Throws a `TypeError` for a field that holds no number.
*/
export function holdDoubles(object: object, ...fields: readonly string[]): void {
	const cells = object as Record<string, unknown>;
	for (const field of fields) {
		const value = cells[field];
		if (typeof value !== 'number') {
			throw new TypeError(`${field} holds no number`);
		}

		cells[field] = 0.5;
		cells[field] = value;
	}
}
