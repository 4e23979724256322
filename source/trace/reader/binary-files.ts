import {UserError} from '../../errors/user-error.js';

/** How files begin that are no text, and the way out. */
const binaries: ReadonlyArray<readonly [string, string]> = [
	['\u{17}\u{8}Dtracing', 'it is a trace.dat: trace-cmd report trace.dat > trace.txt'],
	['PERFILE2', 'it is a perf.data: perf script > trace.txt'],
	[
		'\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{B4}\u{29}\u{A4}\u{0A}',
		"it is a file of QEMU's simple backend: simpletrace.py trace-events-all FILE > qemu.log",
	],
	['BZh', 'it is compressed with bzip2: unpack it or use gzip'],
	['PK\u{3}\u{4}', 'it is a zip archive: unpack it'],
	['\u{4}"M\u{18}', 'it is compressed with lz4: unpack it or use gzip'],
	['\u{C1}\u{1F}\u{FC}\u{C1}', 'it is a stream of an LTTng trace: babeltrace FOLDER > qemu.log'],
	['\u{C1}\u{FC}\u{1F}\u{C1}', 'it is a stream of an LTTng trace: babeltrace FOLDER > qemu.log'],
	['\u{28}\u{B5}\u{2F}\u{FD}', 'it is compressed with zstd: unpack it or use gzip'],
	['\u{1F}\u{8B}', 'it is packed twice: unpack it once with gunzip'],
	['\u{FF}\u{FE}', 'it is UTF-16: save it as UTF-8'],
	['\u{FE}\u{FF}', 'it is UTF-16: save it as UTF-8'],
	['%PDF-', 'it is a PDF: give the text that it was made of'],
	['\u{89}PNG', 'it is a picture: give the text itself'],
	['\u{7F}ELF', 'it is a program, not a recording'],
	['7z\u{BC}\u{AF}', 'it is a 7z archive: unpack it'],
	['Rar!', 'it is a rar archive: unpack it'],
	['\u{FD}7zXZ', 'it is compressed with xz: unpack it or use gzip'],
];

/**
Looks at the first bytes of a recording.

@throws {UserError} for formats that are no text, and for text in another encoding than UTF-8.
*/
export function refuseBinary(name: string, chunk: Uint8Array): void {
	const head = String.fromCodePoint(...chunk.subarray(0, 16));
	for (const [magic, advice] of binaries) {
		if (head.startsWith(magic)) {
			throw new UserError(`${name}: ${advice}`);
		}
	}

	if (String.fromCodePoint(...chunk.subarray(257, 262)) === 'ustar') {
		throw new UserError(`${name}: it is a tar archive: unpack it`);
	}

	// Text of letters has no zeros; UTF-16 without its mark has one in each.
	if (/^(?:[^\0]\0{3}){4}|^(?:\0{3}[^\0]){4}/v.test(head)) {
		throw new UserError(`${name}: it is UTF-32: save it as UTF-8`);
	}

	if (/^(?:[^\0]\0){4}|^(?:\0[^\0]){4}/v.test(head)) {
		throw new UserError(`${name}: it is UTF-16: save it as UTF-8`);
	}
}
