/**
What the decoder is in the middle of. `csi`, `ss3` and `string` say what introduced them; `console`
is the Linux console's `CSI [ A`, `mouse` the three characters after `CSI M`.
*/
export type State =
	'ground' | 'character' | 'escape' | 'csi' | 'ss3' | 'string' | 'stringEnd' | 'console' | 'mouse' | 'paste';

/** After so long a silence ESC was the key, ms: what a slow line tears apart comes sooner. */
const escapePatience = 100;
/** After so long a silence the rest of a sequence, or of a paste, will not come, ms. */
const sequencePatience = 1000;

export function patienceOf(state: State, begun: boolean, stalled: boolean): number | undefined {
	switch (state) {
		case 'ground': {
			return undefined;
		}

		case 'paste': {
			return stalled ? undefined : sequencePatience;
		}

		case 'csi':
		case 'ss3':
		case 'string': {
			return begun ? sequencePatience : escapePatience;
		}

		case 'escape': {
			return escapePatience;
		}

		case 'character':
		case 'console':
		case 'mouse':
		case 'stringEnd': {
			return sequencePatience;
		}
	}
}

export const openBracket = 0x5b;
const letterO = 0x4f;
export const closeBracket = 0x5d;

/** What may follow ESC and introduce more: CSI, SS3, OSC, DCS, SOS, PM, APC (ECMA-48). */
export const introducers: ReadonlyMap<number, State> = new Map<number, State>([
	[openBracket, 'csi'],
	[letterO, 'ss3'],
	[closeBracket, 'string'],
	[0x50, 'string'],
	[0x58, 'string'],
	[0x5e, 'string'],
	[0x5f, 'string'],
]);
