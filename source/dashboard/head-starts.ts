import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {deserialize, serialize} from 'node:v8';
import {brotliCompressSync, brotliDecompressSync, constants} from 'node:zlib';
import {keepFile} from '../files/keep-file.js';
import {readStart} from '../files/read-start.js';
import {type SessionStart} from '../session/warm-up.js';
import {type HeadStarts} from '../session/run-ahead.js';
import {type Session} from '../session/session.js';
import {canonicalJson, parametersHash} from '../simulation/parameters/parameters-hash.js';
import {build} from '../version.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a file of a head start ends. */
export const headStartSuffix = '.start';

/** Files that are kept in the user's folder; the oldest goes. Each has some 300 kB. */
const most = 16;

/** No head start is larger, bytes. */
const largest = 4_194_304;

/** The file begins with the SHA-256 of its data as they are, uncompressed; so many bytes. */
const digestLength = 32;

/** When it is written, ms after it was made: the first frame goes first. */
const pause = 1000;

/** The name of the file with the head start of a session at time 0, for a build of the program. */
export function headStartName({run: {start}, window}: Session, of: string): string {
	const {seed, warmup} = start.parameters;
	const plan = canonicalJson({build: of, configuration: parametersHash(start), seed, warmup, window});
	return `${createHash('sha256').update(plan).digest('hex')}${headStartSuffix}`;
}

/**
A head start as the bytes of its file: plain, which is read in a tenth of the time, or in a tenth of
the room, which takes seconds to make.
*/
export function headStartBytes(start: SessionStart, size: 'plain' | 'small' = 'plain'): Uint8Array {
	const plain = serialize(start);
	const params = {[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY};
	return Buffer.concat([digestOf(plain), size === 'small' ? brotliCompressSync(plain, {params}) : plain]);
}

/** The head start in the bytes of a file. Throws for what is none, or damaged. */
export function headStartIn(bytes: Uint8Array): SessionStart {
	const data = bytes.subarray(digestLength);
	const isWhole = (plain: Uint8Array): boolean => digestOf(plain).equals(bytes.subarray(0, digestLength));
	const plain = isWhole(data) ? data : brotliDecompressSync(data, {maxOutputLength: largest});
	if (plain !== data && !isWhole(plain)) {
		throw new Error('it is damaged');
	}

	return deserialize(plain) as SessionStart;
}

function digestOf(plain: Uint8Array): Buffer {
	return createHash('sha256').update(plain).digest();
}

/**
Head starts in files: the one that ships, beside the program, and those of the user's own sessions,
in `$XDG_CACHE_HOME/vqlab`, else under `~/.cache`. All is as well without them, only later: what
cannot be read is not there, and what cannot be written is not kept. They are of one build of the
program (`made`), and written `wait` ms after they were made; a program that runs from its sources
has none.
*/
export function headStarts(environment: Environment, made = build, wait = pause): HeadStarts {
	const own = ownFolder(environment);
	return {
		of(session) {
			if (made === undefined) {
				return undefined;
			}

			const name = headStartName(session, made);
			const shipped = path.dirname(fileURLToPath(import.meta.url));
			return startIn(path.join(shipped, name)) ?? (own === undefined ? undefined : startIn(path.join(own, name)));
		},
		keep(session, start) {
			if (made === undefined || own === undefined) {
				return;
			}

			const file = path.join(own, headStartName(session, made));
			setTimeout(() => {
				void keepFile(file, headStartBytes(start), {suffix: headStartSuffix, most});
			}, wait).unref();
		},
	};
}

/** Undefined without a home. */
function ownFolder({XDG_CACHE_HOME: folder = '', HOME: home = ''}: Environment): string | undefined {
	// The specification of base directories: a path that is not absolute is ignored.
	const base = path.isAbsolute(folder) ? folder : home === '' ? undefined : path.join(home, '.cache');
	return base === undefined ? undefined : path.join(base, 'vqlab');
}

function startIn(file: string): SessionStart | undefined {
	try {
		return headStartIn(readStart(file, largest));
	} catch {
		return undefined;
	}
}
