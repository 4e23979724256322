import {marked} from 'marked';
import {escapeXml, type Picture, svgDocument} from '../charts/svg.js';

/** A report as one file: text with tables, and pictures. */
export type HtmlReport = {
	readonly title: string;
	/** Markdown; a quoted text may stand in it as it is, HTML in it is shown as text. */
	readonly text: string;
	readonly pictures: readonly Picture[];
	/** More tables or text, folded away at first. */
	readonly details?: ReadonlyArray<{readonly title: string; readonly text: string}>;
};

const style = [
	'body{font:15px/1.5 system-ui,sans-serif;color:#1c2128;background:#fff;max-width:52rem;margin:2rem ' +
		'auto;padding:0 1rem}',
	'table{border-collapse:collapse;margin:1rem 0;display:block;max-width:100%;overflow-x:auto}',
	'td,th{border:1px solid #d1d5db;padding:.2rem .6rem;text-align:left}',
	'td[align=right],th[align=right]{text-align:right;font-variant-numeric:tabular-nums}',
	'pre{background:#f3f4f6;padding:.8rem;overflow-x:auto}',
	'svg{max-width:100%;height:auto}',
].join('\n');

/**
The report as one page that stands alone: no script, no link, nothing to load, so that a mail viewer
shows it as well. Tables have borders of their own for viewers that drop styles; the figures of the
pictures stand in the text too.
*/
export function htmlPage({title, text, pictures, details = []}: HtmlReport): string {
	const picture = pictures.length === 0 ? '' : svgDocument(title, pictures);
	return [
		'<!doctype html>',
		'<html lang="en">',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width">',
		`<title>${escapeXml(title)}</title>`,
		`<style>\n${style}\n</style>`,
		'</head>',
		'<body>',
		fromMarkdown(text),
		...(picture === '' ? [] : [`<figure>\n${picture.trimEnd()}\n</figure>`]),
		...details.map(
			each => `<details>\n<summary>${escapeXml(each.title)}</summary>\n${fromMarkdown(each.text)}\n</details>`,
		),
		'</body>',
		'</html>',
		'',
	].join('\n');
}

function fromMarkdown(text: string): string {
	// What a preset or a user wrote is text, also where it looks like an element; a >
	// begins a quotation in no report.
	const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	const html = marked.parse(safe, {async: false, gfm: true});
	// The parser escapes inside of code what was escaped already.
	return html
		.replaceAll('&amp;amp;', '&amp;')
		.replaceAll('&amp;lt;', '&lt;')
		.replaceAll('<table>', '<table border="1" cellpadding="4">')
		.trimEnd();
}
