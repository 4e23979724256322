/** What presets are about, in the order in which they are listed. */
export const themes = [
	'lock and kick',
	'ring size',
	'notification',
	'fences',
	'main loop',
	'interrupts',
	'transfers',
	'cursor',
	'machine',
] as const;

export type Theme = (typeof themes)[number];
