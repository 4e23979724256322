/**
The keys held down with another, as xterm and kitty number them: 1 + the sum of shift 1, alt 2,
control 4, super 8, hyper 16, meta 32, caps lock 64, num lock 128. The locks are no part of a key.
*/
export type Modifiers = {
	readonly shift: boolean;
	readonly control: boolean;
	/** Alt, super, hyper or meta: nothing is bound to them. */
	readonly other: boolean;
};

const otherKeys = 2 | 8 | 16 | 32;

/** Reads the parameter; without one nothing is held down. */
export function modifiersOf(parameter = 1): Modifiers {
	const bits = Math.max(0, parameter - 1);
	return {shift: (bits & 1) !== 0, control: (bits & 4) !== 0, other: (bits & otherKeys) !== 0};
}

/** The name of a key with what is held down: `C-A-S-up`. */
export function withModifiers(name: string, {shift, control, other}: Modifiers): string {
	return `${control ? 'C-' : ''}${other ? 'A-' : ''}${shift ? 'S-' : ''}${name}`;
}
