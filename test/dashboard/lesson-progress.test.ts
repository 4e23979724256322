import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {lessonShelf, progressFile} from '../../source/dashboard/lesson-progress.js';
import {noProgress} from '../../source/session/lesson/shelf.js';

const folders: string[] = [];

function folder(): string {
	const made = mkdtempSync(path.join(tmpdir(), 'vqlab-lessons-'));
	folders.push(made);
	return made;
}

afterEach(() => {
	for (const made of folders.splice(0)) {
		rmSync(made, {recursive: true});
	}
});

test('it is kept under the state folder of the base directories', () => {
	expect(progressFile({HOME: '/home/a'})).toBe('/home/a/.local/state/vqlab/lessons.json');
	expect(progressFile({HOME: '/home/a', XDG_STATE_HOME: '/s'})).toBe('/s/vqlab/lessons.json');
	expect(progressFile({HOME: '/home/a', XDG_STATE_HOME: 'relative'})).toBe('/home/a/.local/state/vqlab/lessons.json');
	expect(progressFile({})).toBeUndefined();
});

test('what is written is read again, and is one whole file', () => {
	const state = folder();
	const shelf = lessonShelf({XDG_STATE_HOME: state});
	expect(shelf.read()).toEqual({progress: noProgress});
	const progress = {last: 'lost-kick', steps: {'lost-kick': 2}, done: ['answer-gerd']};
	expect(shelf.write(progress)).toBeUndefined();
	expect(lessonShelf({XDG_STATE_HOME: state}).read()).toEqual({progress});
	expect(shelf.write({...progress, last: undefined})).toBeUndefined();
	expect(readdirSync(path.join(state, 'vqlab'))).toEqual(['lessons.json']);
	expect(JSON.parse(readFileSync(path.join(state, 'vqlab', 'lessons.json'), 'utf8'))).toMatchObject({version: 1});
});

test.each(['', '{', '[]', '{"version":2,"steps":{},"done":[]}', '{"version":1,"steps":{"a":-1},"done":[]}'])(
	'a file that says %j is one line for the user, and lessons begin anew',
	text => {
		const state = folder();
		mkdirSync(path.join(state, 'vqlab'));
		const file = path.join(state, 'vqlab', 'lessons.json');
		writeFileSync(file, text);
		expect(lessonShelf({XDG_STATE_HOME: state}).read()).toEqual({
			progress: noProgress,
			mistake: `${file} is no progress of lessons: they begin anew`,
		});
	},
);

test('a device without an end in its place is read no further than such a file can be', () => {
	const state = folder();
	mkdirSync(path.join(state, 'vqlab'));
	const file = path.join(state, 'vqlab', 'lessons.json');
	symlinkSync('/dev/zero', file);
	expect(lessonShelf({XDG_STATE_HOME: state}).read()).toEqual({
		progress: noProgress,
		mistake: `${file}: it is larger than 1 MiB: lessons begin anew`,
	});
});

test('a place that cannot be written to, and none at all, do not stop a lesson', () => {
	const state = folder();
	writeFileSync(path.join(state, 'vqlab'), 'a file');
	expect(lessonShelf({XDG_STATE_HOME: state}).write(noProgress)).toMatch(/^the lesson is not kept: /v);
	expect(lessonShelf({}).read()).toEqual({progress: noProgress});
	expect(lessonShelf({}).write(noProgress)).toBeUndefined();
});
