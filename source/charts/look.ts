import {type Role} from './role.js';

/** SGR parameters that switch a look on and off, in the order to write them. */
export type Look = {
	readonly on: readonly string[];
	readonly off: readonly string[];
};

export type Theme = {
	readonly looks: Readonly<Record<Role, Look>>;
	/** Over any other look: the selected row. */
	readonly select: Look;
	/** A blank looks the same in every look: there is no background and no underline. */
	readonly clear: boolean;
};
