/**
ASCII mode is one table over finished text: one Unicode glyph is one ASCII character,
so both modes have the same layout.
*/
const pairs = [
	"╭. ╮. ╰' ╯' ─- │| ┤| ┼+ ├| ┏# ┓# ┗# ┛# ━= ┃# ╔# ╗# ╚# ╝# ═= ║#",
	'▸> ►> ‖" ●* ·. ╳x ┄. ┆: ▲^ ▼v ×x ±~ …~ ◆+ ◄< »> →> ←< ↑^ ↓v ○o ✓v ✗! ≤<',
	'▁_ ▂_ ▃- ▄- ▅= ▆= ▇# █# ▏| ▎| ▍| ▌| ▋| ▊| ▉# ▚% ▕| ▒e ░w ▓x',
].join(' ');

/** Glyph to ASCII; the shades as on CPU bars, a panel may map them otherwise. */
export const asciiGlyphs: ReadonlyMap<string, string> = new Map(
	pairs.split(' ').map(pair => [pair[0], pair[1]] as const),
);

/** Shades on a strip of ring slots: visible, popped, in work, used. */
export const ringGlyphs: ReadonlyMap<string, string> = new Map([
	['░', 'v'],
	['▒', 'p'],
	['▓', 'x'],
	['█', 'u'],
]);

/**
The text in ASCII, character by character. Braille dots become `:`; any other glyph that
has no entry becomes `?`.
*/
export function toAscii(text: string, overrides?: ReadonlyMap<string, string>): string {
	let ascii = '';
	for (let i = 0; i < text.length; i++) {
		const glyph = text[i];
		if (glyph <= '~') {
			ascii += glyph;
			continue;
		}

		const braille = glyph >= '\u2800' && glyph <= '\u28FF';
		ascii += overrides?.get(glyph) ?? asciiGlyphs.get(glyph) ?? (braille ? (glyph === '\u2800' ? ' ' : ':') : '?');
	}

	return ascii;
}
