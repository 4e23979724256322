import {type PictureFormat, type PictureOptions} from '../dashboard/pictures.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {parseDuration, quoted} from '../parameters/duration.js';
import {themeNames} from '../session/interface-state.js';
import {type Size} from '../terminal/size.js';
import {type FlagValues} from './flags.js';

const formats: readonly PictureFormat[] = ['text', 'ansi', 'svg'];

/** The largest terminal that is drawn. */
const mostColumns = 500;
const mostRows = 200;

function oneOf<Name extends string>(flag: string, text: string, names: readonly Name[]): Name {
	const found = names.find(name => name === text);
	if (found === undefined) {
		const near = nearest(text, names);
		throw new UserError(
			`${flag}: ${quoted(text)} is none of ` +
				`${names.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`,
		);
	}

	return found;
}

function sizeOf(text: string): Size {
	const match = /^(?<columns>\d{1,3})x(?<rows>\d{1,3})$/v.exec(text);
	const columns = Number(match?.groups?.columns ?? 0);
	const rows = Number(match?.groups?.rows ?? 0);
	if (columns < 1 || rows < 2 || columns > mostColumns || rows > mostRows) {
		throw new UserError(
			`--size: ${quoted(text)} is no terminal: write columns and rows, as in 120x36, at most ` +
				`${mostColumns}x${mostRows}`,
		);
	}

	return {columns, rows};
}

function timeOf(text: string): number {
	try {
		return parseDuration(text);
	} catch (error) {
		throw error instanceof UserError ? new UserError(`--at: ${error.message}`) : error;
	}
}

/** Checks what a picture is to look like. Throws `UserError`. */
export function pictureOptions({to, size, theme, color, ascii, keys, at}: FlagValues): PictureOptions {
	const format = oneOf('--to', to ?? 'text', formats);
	const wanted = oneOf('--theme', theme ?? (format === 'svg' ? 'night' : 'native'), themeNames);
	if (format === 'svg' && wanted === 'native') {
		throw new UserError(
			'--theme native: a picture has no terminal whose colours it could take: write night or paper',
		);
	}

	return {
		format,
		size: sizeOf(size ?? '120x36'),
		theme: wanted,
		colored: color,
		ascii,
		keys: (keys ?? '').split(' ').filter(key => key !== ''),
		at: at === undefined ? undefined : timeOf(at),
	};
}
