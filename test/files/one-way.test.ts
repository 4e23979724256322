import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const source = fileURLToPath(new URL('../../source/', import.meta.url));

/** What opens, reads, writes or moves the content of files. */
const contents =
	/\b(?:(?:read|write|append|copy|truncate|open|rename|link|rm|unlink|mkdir|mkdtemp)(?:File|v)?Sync|create(?:Read|Write)Stream|node:fs\/promises)\b/v;

/** The rooms that may, and the few besides with what they open. */
const may: Readonly<Record<string, string>> = {
	'trace/reader/line-source.ts': 'recordings, as they come: lines with a limit, and memory that does not grow',
	'terminal/output.ts': 'the terminal a second time, so that writing does not wait',
	'dashboard/start.tsx': 'the terminal, where a preset comes from standard input',
	'commands/closed-stream.ts': '/proc: whether a shell closed a stream',
};

test('files are read with a limit and written whole: by files/, and by nobody else', () => {
	const found = readdirSync(source, {recursive: true, encoding: 'utf8'})
		.map(name => name.split(path.sep).join('/'))
		.filter(name => /\.tsx?$/v.test(name) && !name.startsWith('files/'))
		.filter(name => contents.test(readFileSync(path.join(source, name), 'utf8')));
	expect(found.toSorted()).toEqual(Object.keys(may).toSorted());
});
