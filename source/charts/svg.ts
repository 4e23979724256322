/** A part of a picture: elements of SVG in a rectangle whose upper left corner is (0, 0). */
export type Picture = {readonly width: number; readonly height: number; readonly elements: readonly string[]};

export const ink = '#1c2128';
export const faint = '#6b7280';

/**
Width of a character of the fixed font, as a share of its size: DejaVu Sans Mono and its like.
*/
const characterWidth = 0.605;

export const fontSize = 12;

/** Text as XML takes it; characters that XML has no place for become `?`. */
export function escapeXml(text: string): string {
	return text
		.replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gv, '?')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** A coordinate with at most two decimals. */
export function coordinate(value: number): string {
	return String(Number(value.toFixed(2)));
}

export type TextLook = {readonly anchor?: 'start' | 'middle' | 'end'; readonly fill?: string; readonly bold?: boolean};

/** A line of text; (x, y) is on its base line. */
export function textElement(
	x: number,
	y: number,
	text: string,
	{anchor = 'start', fill = ink, bold = false}: TextLook = {},
): string {
	return (
		`<text x="${coordinate(x)}" y="${coordinate(y)}" text-anchor="${anchor}" ` +
		`fill="${fill}"${bold ? ' font-weight="bold"' : ''}>${escapeXml(text)}</text>`
	);
}

/** A filled rectangle, with what a pointer on it is told. */
export function rectangle(
	{x, y, width, height}: {readonly x: number; readonly y: number; readonly width: number; readonly height: number},
	fill: string,
	title = '',
): string {
	const box =
		`<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" ` +
		`height="${coordinate(height)}" fill="${fill}"`;
	return title === '' ? `${box}/>` : `${box}><title>${escapeXml(title)}</title></rect>`;
}

/** Room that a text takes, in pixels. */
export function textWidth(text: string): number {
	return text.length * fontSize * characterWidth;
}

const margin = 16;
const between = 20;

/**
Pictures below each other as a file that stands alone: no script, no link, no
font that would have to be loaded.
*/
export function svgDocument(title: string, pictures: readonly Picture[]): string {
	const width = Math.max(textWidth(title), ...pictures.map(picture => picture.width)) + 2 * margin;
	let y = margin + fontSize;
	const parts = [textElement(margin, y, title, {bold: true})];
	y += between;
	for (const picture of pictures) {
		parts.push(`<g transform="translate(${margin} ${coordinate(y)})">`, ...picture.elements, '</g>');
		y += picture.height + between;
	}

	const height = y - between + margin;
	const size = `${coordinate(width)} ${coordinate(height)}`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${coordinate(width)}" ` +
			`height="${coordinate(height)}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" ` +
			`font-size="${fontSize}">`,
		`<title>${escapeXml(title)}</title>`,
		'<rect width="100%" height="100%" fill="#ffffff"/>',
		...parts,
		'</svg>',
		'',
	].join('\n');
}
