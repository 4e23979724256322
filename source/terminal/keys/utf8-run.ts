/**
Bounds of the second byte by the first (Unicode 15, table 3-7), and how many follow the first.
*/
function following(lead: number): {readonly count: number; readonly least: number; readonly most: number} | undefined {
	if (lead >= 0xc2 && lead <= 0xdf) {
		return {count: 1, least: 0x80, most: 0xbf};
	}

	if (lead >= 0xe0 && lead <= 0xef) {
		return {count: 2, least: lead === 0xe0 ? 0xa0 : 0x80, most: lead === 0xed ? 0x9f : 0xbf};
	}

	return lead >= 0xf0 && lead <= 0xf4
		? {count: 3, least: lead === 0xf0 ? 0x90 : 0x80, most: lead === 0xf4 ? 0x8f : 0xbf}
		: undefined;
}

/** What a byte does to a character that is being put together. */
export type Utf8Step =
	{readonly kind: 'more'} | {readonly kind: 'done'; readonly code: number} | {readonly kind: 'broken'};

/**
Puts the bytes of one character of UTF-8 together; what is ill-formed is told, never replaced.
*/
export class Utf8Run {
	private left = 0;
	private least = 0x80;
	private most = 0xbf;
	private code = 0;

	/** Begins with a byte above 127; false when no character begins so. */
	begin(lead: number): boolean {
		const next = following(lead);
		if (next === undefined) {
			return false;
		}

		this.left = next.count;
		this.least = next.least;
		this.most = next.most;
		this.code = lead & (0x3f >> next.count);
		return true;
	}

	/** The next byte; after `broken` it is still to be looked at by itself. */
	add(byte: number): Utf8Step {
		if (byte < this.least || byte > this.most) {
			return {kind: 'broken'};
		}

		this.least = 0x80;
		this.most = 0xbf;
		this.code = (this.code << 6) | (byte & 0x3f);
		this.left--;
		return this.left > 0 ? {kind: 'more'} : {kind: 'done', code: this.code};
	}
}
