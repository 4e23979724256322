import {
	existsSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {UserError} from '../parameters/user-error.js';
import {type ExportFiles} from '../session/ports.js';

function reason(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).split(',', 1)[0];
}

function refuse(file: string): void {
	if (existsSync(file)) {
		throw new UserError(`choose another name: ${JSON.stringify(file)} is there already`);
	}

	const folder = path.dirname(file);
	if (statSync(folder, {throwIfNoEntry: false})?.isDirectory() !== true) {
		throw new UserError(`${JSON.stringify(file)}: there is no folder ${folder}`);
	}
}

/** Exports on the file system. What could not be written whole is taken away again. */
export const exportFiles: ExportFiles = {
	refuse,
	write(file, text) {
		refuse(file);
		let isOurs = false;
		try {
			// Fails when another program has made it since.
			writeFileSync(file, '', {flag: 'wx'});
			isOurs = true;
			writeFileSync(file, text);
		} catch (error) {
			if (isOurs) {
				rmSync(file, {force: true});
			}

			throw new UserError(`${JSON.stringify(file)} can not be written: ${reason(error)}`);
		}
	},
};
