import {readlinkSync, realpathSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {codeOf} from './file-error.js';

/** Where a path leads: a file that is there or could be, or a descriptor of this process. */
export type Place = {readonly path: string; readonly descriptor: number | undefined};

/** As many as the kernel follows (path_resolution(7)). */
const mostLinks = 40;

/**
Follows the links of a path to its end, also where nothing is yet, as the kernel does
when it creates a file. `/dev/stdout` and its like end at a descriptor. Throws errors
with a `code`, as node:fs does.
*/
export function placeOf(file: string): Place {
	let at = path.isAbsolute(file) ? file : `${process.cwd()}/${file}`;
	for (let links = 0; links <= mostLinks; links++) {
		// Native: a `..` behind a link is that of the folder it leads to.
		const folder = realpathSync.native(path.dirname(at));
		const name = path.basename(at);
		if (descriptors.test(folder) && /^\d{1,6}$/v.test(name)) {
			return {path: at, descriptor: Number(name)};
		}

		const place = path.join(folder, name);
		const target = linkOf(place);
		if (target === undefined) {
			return {path: place, descriptor: undefined};
		}

		at = path.isAbsolute(target) ? target : `${folder}/${target}`;
	}

	throw Object.assign(new Error('ELOOP: too many links'), {code: 'ELOOP'});
}

/** The folder of this process's descriptors. */
const descriptors = new RegExp(String.raw`^/(?:proc/${process.pid}(?:/task/\d+)?|dev)/fd$`, 'v');

function linkOf(place: string): string | undefined {
	try {
		return readlinkSync(place);
	} catch (error) {
		const code = codeOf(error);
		if (code === 'EINVAL' || code === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}
