import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {themes} from '../../../source/presets/preset.js';

test('every theme has its expectations checked, once', () => {
	const folder = import.meta.dirname;
	const checked = readdirSync(folder)
		.filter(name => name.endsWith('.test.ts'))
		.flatMap(name => [...readFileSync(path.join(folder, name), 'utf8').matchAll(/^checkExpectations\((.+)\);$/gmv)])
		.flatMap(([, list]) => [...list.matchAll(/'([^']+)'/gv)].map(([, theme]) => theme));
	expect(checked.toSorted()).toEqual([...themes].toSorted());
});
