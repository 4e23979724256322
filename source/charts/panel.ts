import {type Block, type Line, type Link, makeBlock, type Span} from './block.js';
import {cell, fitText} from './fit-text.js';
import {type Role} from './role.js';

/** `focus`: the panel that takes the keys; `overlay`: a box over the others. */
export type FrameStyle = 'plain' | 'focus' | 'overlay';

const corners: Readonly<Record<FrameStyle, string>> = {
	plain: '╭╮╰╯─│',
	focus: '┏┓┗┛━┃',
	overlay: '╔╗╚╝═║',
};

export type PanelOptions = {
	readonly width: number;
	readonly height: number;
	readonly title: string;
	/** Right end of the title line: the live value, always in the same cell. */
	readonly value?: string;
	/** Role of the value; `value` when not given. */
	readonly valueRole?: Role;
	readonly style?: FrameStyle;
};

/** A link of the body as one of the panel; nothing of what is cut. */
function insideFrame({row, from, to, link}: Link, inside: number, height: number): readonly Link[] {
	const end = Math.min(to, inside);
	return row < height - 2 && end > from ? [{row: row + 1, from: from + 1, to: end + 1, link}] : [];
}

/**
A frame with a title left and a value right in its upper edge, around a body that is
cut or padded to the inside (width - 2, height - 2). The title gives way to the value.
*/
export function panel(options: PanelOptions, body: Block | readonly Line[]): Block {
	const {width, height, style = 'plain'} = options;
	const [topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical] = corners[style];
	const inside = width - 2;
	if (inside < 1 || height < 2) {
		return makeBlock(Math.max(0, width), Math.max(0, height), []);
	}

	const value = fitText(options.value ?? '', inside - 2);
	const valueText = value === '' ? '' : ` ${value} `;
	const title = fitText(options.title, inside - valueText.length - 3);
	const titleText = title === '' ? '' : ` ${title} `;
	const rule = horizontal.repeat(Math.max(0, inside - titleText.length - valueText.length));
	const top = topLeft + titleText + rule + valueText + topRight;

	const content = 'spans' in body ? body : makeBlock(inside, height - 2, body);
	const lines = [top];
	for (let row = 0; row < height - 2; row++) {
		lines.push(vertical + cell(content.lines[row] ?? '', inside) + vertical);
	}

	lines.push(bottomLeft + horizontal.repeat(inside) + bottomRight);

	const frame: Role = style === 'plain' ? 'frame' : 'focus';
	const valueFrom = width - 1 - valueText.length;
	const spans: Span[] = [
		{
			row: 0,
			from: 0,
			to: width,
			role: frame,
		},
		{
			row: 0,
			from: 2,
			to: 2 + title.length,
			role: 'title',
		},
		{
			row: 0,
			from: valueFrom,
			to: width - 1,
			role: options.valueRole ?? 'value',
		},
	];
	for (let row = 1; row < height - 1; row++) {
		spans.push(
			{
				row,
				from: 0,
				to: 1,
				role: frame,
			},
			{
				row,
				from: width - 1,
				to: width,
				role: frame,
			},
		);
	}

	spans.push({
		row: height - 1,
		from: 0,
		to: width,
		role: frame,
	});
	for (const span of content.spans) {
		if (span.row < height - 2) {
			spans.push({
				row: span.row + 1,
				from: span.from + 1,
				to: Math.min(span.to, inside) + 1,
				role: span.role,
			});
		}
	}

	return {
		width,
		height,
		lines,
		spans: spans.filter(span => span.to > span.from),
		...(content.links === undefined
			? {}
			: {links: content.links.flatMap(link => insideFrame(link, inside, height))}),
		title: options.title,
	};
}
