import path from 'node:path';
import * as z from 'zod/mini';
import {UserError} from '../errors/user-error.js';
import {makeFolder} from '../files/make-folder.js';
import {readOwnFile} from '../files/read-own.js';
import {writeFile} from '../files/write-file.js';
import {laterPart} from '../session/later-part.js';
import {type LessonProgress, type LessonShelf, noProgress} from '../session/lesson/shelf.js';

type Environment = Readonly<Record<string, string | undefined>>;

const data = laterPart(async () => import('../lessons/lessons.js'));

/** Made where a file is read, as most starts find none. */
const progressSchema = () =>
	z.object({
		version: z.literal(1),
		last: z.exactOptional(z.string()),
		steps: z.record(z.string(), z.int().check(z.minimum(0), z.maximum(100))),
		done: z.array(z.string()).check(z.maxLength(100)),
	});

/**
Where it is kept how far somebody has come in the lessons: `$XDG_STATE_HOME/vqlab/lessons.json`,
else under `~/.local/state`; undefined without a home.
*/
export function progressFile({XDG_STATE_HOME: folder = '', HOME: home = ''}: Environment): string | undefined {
	// The specification of base directories: a path that is not absolute is ignored.
	const base = path.isAbsolute(folder) ? folder : home === '' ? undefined : path.join(home, '.local', 'state');
	return base === undefined ? undefined : path.join(base, 'vqlab', 'lessons.json');
}

/** How far somebody has come, from the text of the file; undefined when it is none. */
export function parseProgress(text: string): LessonProgress | undefined {
	try {
		const {last, steps, done} = progressSchema().parse(JSON.parse(text));
		return {last, steps, done};
	} catch {
		return undefined;
	}
}

/**
The lessons with what is kept in a file, written whole or not at all; without a file it is
forgotten.
*/
export function lessonShelf(environment: Environment): LessonShelf {
	const file = progressFile(environment);
	return {
		get lessons() {
			return data().lessons;
		},
		read() {
			if (file === undefined) {
				return {progress: noProgress};
			}

			try {
				const text = readOwnFile(file);
				if (text === undefined) {
					return {progress: noProgress};
				}

				const progress = parseProgress(text);
				return progress === undefined
					? {progress: noProgress, mistake: `${file} is no progress of lessons: they begin anew`}
					: {progress};
			} catch (error) {
				if (error instanceof UserError) {
					return {progress: noProgress, mistake: `${error.message}: lessons begin anew`};
				}

				throw error;
			}
		},
		write({last, steps, done}) {
			if (file === undefined) {
				return undefined;
			}

			try {
				makeFolder(path.dirname(file));
				const kept = {version: 1, ...(last === undefined ? {} : {last}), steps, done};
				writeFile(file, `${JSON.stringify(kept, undefined, '\t')}\n`, {
					called: file,
					// It was read from this file.
					existing: 'force',
				});
				return undefined;
			} catch (error) {
				if (error instanceof UserError) {
					return `the lesson is not kept: ${error.message}`;
				}

				throw error;
			}
		},
	};
}
