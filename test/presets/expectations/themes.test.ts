import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {themes} from '../../../source/presets/themes.js';

test.each(['expectations', 'verdicts'])('every theme has its %s checked, once', what => {
	const folder = path.join(import.meta.dirname, '..', what);
	const checked = readdirSync(folder)
		.filter(name => name.endsWith('.test.ts'))
		.flatMap(name => [
			...readFileSync(path.join(folder, name), 'utf8').matchAll(/^check(?:Expectations|Verdicts)\((.+)\);$/gmv),
		])
		.flatMap(([, list]) => [...list.matchAll(/'([^']+)'/gv)].map(([, theme]) => theme));
	expect(checked.toSorted()).toEqual([...themes].toSorted());
});
