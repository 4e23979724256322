/**
Draws the pictures of the README and of docs/gallery.md with `vqlab snapshot`, and writes that page.
Usage: `npm run gallery`, after `npm run build`.
*/
import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {shellWord} from '../source/report/shell-word.js';
import {distribution, root} from './places.js';
import {type Picture, pictures} from './pictures.js';

const docs = path.join(root, 'docs');

function draw({file, argv}: Picture): void {
	const picture = execFileSync(process.execPath, [path.join(distribution, 'cli.js'), 'snapshot', ...argv], {
		cwd: root,
		encoding: 'utf8',
		maxBuffer: 10_000_000,
	});
	mkdirSync(path.dirname(path.join(docs, file)), {recursive: true});
	writeFileSync(path.join(docs, file), picture);
}

function section({file, title, words, argv}: Picture): string[] {
	const command = ['vqlab', 'snapshot', ...argv].map(word => shellWord(word)).join(' ');
	return [`## ${title}`, '', words, '', '```sh', command, '```', '', `![${title}](${file})`, ''];
}

for (const picture of pictures) {
	draw(picture);
}

writeFileSync(
	path.join(docs, 'gallery.md'),
	[
		'# Gallery',
		'',
		'Every picture is drawn by the command above it, the same on every machine. `npm run gallery` draws all ' +
			'of them anew.',
		'',
		...pictures.flatMap(picture => section(picture)),
	]
		.join('\n')
		.trimEnd() + '\n',
);
