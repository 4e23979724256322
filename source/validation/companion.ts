import type * as z from 'zod/mini';
import {UserError} from '../errors/user-error.js';

/** Files that may lie beside a file of cells and say more of it. */
export type CompanionKind = 'story' | 'fit';

/** The path of a companion: `cells.json` has `cells.story.json`. */
export function companionPath(cells: string, kind: CompanionKind): string {
	return cells.replace(/(?:\.json)?$/v, `.${kind}.json`);
}

/** The contents of a file of JSON. Throws `UserError`: the file, the place in it, what is wrong. */
export function readJson<Schema extends z.ZodMiniType>(schema: Schema, text: string, file: string): z.infer<Schema> {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new UserError(`${file}: not JSON`);
	}

	const result = schema.safeParse(json);
	if (!result.success) {
		const [{path, message}] = result.error.issues;
		throw new UserError(`${file}: ${path.length === 0 ? '' : `${path.join('.')}: `}${message.split('\n', 1)[0]}`);
	}

	return result.data;
}
