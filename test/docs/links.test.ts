import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {root} from '../../scripts/places.js';
import {anchor} from '../../scripts/reference/markdown-table.js';

type Link = {readonly file: string; readonly target: string};

/** The pages for readers, from the root of the repository. */
const pages = [
	...readdirSync(root).filter(name => name.endsWith('.md')),
	...['docs', 'samples'].flatMap(folder =>
		readdirSync(path.join(root, folder), {recursive: true, encoding: 'utf8'})
			.filter(name => name.endsWith('.md'))
			.map(name => `${folder}/${name}`),
	),
];

/** Text of a page without its code, in which a bracket is no link. */
function prose(file: string): string {
	return readFileSync(path.join(root, file), 'utf8')
		.replaceAll(/^(?<fence>`{3,})[\s\S]*?^\k<fence>$/gmv, '')
		.replaceAll(/`[^`\n]*`/gv, code => code.replaceAll(/[\[\]]/gv, ''));
}

const links: readonly Link[] = pages.flatMap(file =>
	[...prose(file).matchAll(/\]\((?<target>[^\)\s]+)\)/gv)]
		.map(({groups}) => groups?.target ?? '')
		.filter(target => !/^[a-z]+:/v.test(target))
		.map(target => ({file, target})),
);

/** Where a link leads, from the root of the repository. */
function placeOf({file, target}: Link): string {
	const [name] = target.split('#', 1);
	return name === '' ? file : path.posix.join(path.posix.dirname(file), name);
}

/** The anchors that a viewer gives the headings of a page. */
function anchorsOf(file: string): ReadonlySet<string> {
	const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/^`{3,}[\s\S]*?^`{3,}$/gmv, '');
	return new Set([...text.matchAll(/^#+ (?<heading>.+)$/gmv)].map(({groups}) => anchor(groups?.heading ?? '')));
}

test('every link of the docs leads to a file that is there, and to a heading of it', () => {
	expect(links.length).toBeGreaterThan(60);
	const broken = links.filter(link => {
		const place = placeOf(link);
		const [, heading] = link.target.split('#');
		return (
			!existsSync(path.join(root, place)) ||
			(heading !== undefined && place.endsWith('.md') && !anchorsOf(place).has(heading))
		);
	});
	expect(broken).toEqual([]);
});

/**
Whether the tarball has a file, by `files` of package.json; npm adds the first three by itself.
*/
function ships(place: string): boolean {
	const covers = (entry: string): boolean => place === entry || place.startsWith(`${entry}/`);
	const {files} = packageJson;
	return (
		['README.md', 'LICENSE', 'package.json'].includes(place) ||
		(files.some(entry => !entry.startsWith('!') && covers(entry)) &&
			!files.some(entry => entry.startsWith('!') && covers(entry.slice(1))))
	);
}

test('what an installed page links to is installed, or listed as being in the repository only', () => {
	const map = readFileSync(path.join(root, 'docs/README.md'), 'utf8');
	const [, list = ''] = map.split('## In the repository only');
	const listed = links
		.filter(({file, target}) => file === 'docs/README.md' && list.includes(`](${target})`))
		.map(link => placeOf(link).replace(/\/$/v, ''));
	expect(listed.length).toBeGreaterThan(3);
	expect(listed.filter(place => ships(place))).toEqual([]);
	const missing = links.filter(link => {
		const place = placeOf(link);
		return ships(link.file) && !ships(place) && !listed.some(entry => `${place}/`.startsWith(`${entry}/`));
	});
	expect(missing).toEqual([]);
});

test('every page can be reached from the README', () => {
	const reached = new Set<string>();
	const queue = ['README.md'];
	for (const file of queue) {
		reached.add(file);
		for (const link of links.filter(each => each.file === file)) {
			const place = placeOf(link).replace(/\/$/v, '');
			const found = statSync(path.join(root, place)).isDirectory()
				? pages.filter(page => path.posix.dirname(page) === place)
				: [place];
			queue.push(...found.filter(page => page.endsWith('.md') && !reached.has(page) && !queue.includes(page)));
		}
	}

	expect(pages.filter(page => !reached.has(page))).toEqual([]);
});

test('the address of the repository is that of package.json everywhere', () => {
	const {repository, homepage, bugs} = packageJson;
	const address = repository.url.replace(/^git\+/v, '').replace(/\.git$/v, '');
	expect(homepage).toBe(`${address}#readme`);
	expect(bugs.url).toBe(`${address}/issues`);
	expect(readFileSync(path.join(root, 'CITATION.cff'), 'utf8')).toContain(`repository-code: "${address}"`);
	const other = pages.filter(file => readFileSync(path.join(root, file), 'utf8').includes(address));
	expect(other).toEqual([]);
});
