import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {readError} from '../files/file-error.js';
import {type EmpiricalReader} from '../parameters/distribution-text.js';
import {UserError} from '../errors/user-error.js';
import {decodeText, readBytes} from './file-text.js';
import {type PresetFiles} from './preset-files.js';

const largestFile = 64 * 1_048_576;

const nanoseconds: ReadonlyMap<string, number> = new Map([
	['ns', 1],
	['us', 1000],
	['ms', 1_000_000],
	['s', 1_000_000_000],
]);

/**
Reads samples for `empirical(file#key)` from JSON (`{"unit": "us", "key": [1.5, 2]}`, key may
be a dotted path) or CSV (a header, key is a column), `.gz` allowed. Without a unit in JSON's
`unit` or at the end of a CSV column's name (`doorbell_ns`) numbers are us. The file lies in
the preset's folder or below it.
*/
export function empiricalReader(files: PresetFiles, folder: string | undefined): EmpiricalReader {
	return (file, key) => {
		if (folder === undefined) {
			throw new UserError(`empirical(${file}#${key}): a preset from standard input has no folder to read from`);
		}

		const place = insideFolder(files, folder, file);
		const bytes = readBytes(files, place, largestFile);
		const text = decodeText(file, file.endsWith('.gz') ? unzipped(file, bytes) : bytes);
		const samples = /\.csv(?:\.gz)?$/v.test(file) ? columnOf(file, text, key) : memberOf(file, text, key);
		if (samples.length === 0 || !samples.every(sample => Number.isFinite(sample) && sample >= 0)) {
			throw new UserError(`${file}#${key}: expected numbers of 0 or more, at least one`);
		}

		return samples;
	};
}

function insideFolder(files: PresetFiles, folder: string, file: string): string {
	const place = path.resolve(folder, file);
	try {
		const inside = path.relative(files.realPath(folder), files.realPath(place));
		if (path.isAbsolute(file) || inside.startsWith('..') || path.isAbsolute(inside)) {
			throw new UserError(`${file}: it is outside the preset's folder: put it beside the preset`);
		}
	} catch (error) {
		throw readError(file, error);
	}

	return place;
}

function unzipped(file: string, bytes: Uint8Array): Uint8Array {
	try {
		return gunzipSync(bytes, {maxOutputLength: largestFile});
	} catch {
		throw new UserError(`${file}: it is no gzip file, or larger than ${largestFile / 1_048_576} MiB`);
	}
}

function memberOf(file: string, text: string, key: string): readonly number[] {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new UserError(`${file}: it is not JSON (name a CSV file .csv)`);
	}

	const unit = /^(?:ns|us|ms|s)(?!\w)/v.exec(String(member(value, 'unit')))?.[0] ?? 'us';
	let samples = value;
	for (const name of member(value, key) === undefined ? key.split('.') : [key]) {
		samples = member(samples, name);
	}

	if (!Array.isArray(samples)) {
		throw new UserError(`${file}: there is no list of numbers at ${JSON.stringify(key)}`);
	}

	const factor = nanoseconds.get(unit) ?? 1000;
	return samples.map(sample => (typeof sample === 'number' ? Math.round(sample * factor) : Number.NaN));
}

function columnOf(file: string, text: string, key: string): readonly number[] {
	const [header, ...rows] = text
		.trim()
		.split(/\r?\n/v)
		.map(row => row.split(',').map(cell => cell.trim()));
	const column = header.indexOf(key);
	if (column === -1) {
		throw new UserError(`${file}: it has no column ${JSON.stringify(key)}`);
	}

	const factor = nanoseconds.get(/_(ns|us|ms|s)$/v.exec(key)?.[1] ?? 'us') ?? 1000;
	return rows.filter(row => (row[column] ?? '') !== '').map(row => Math.round(Number(row[column]) * factor));
}

function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? Reflect.get(value, name)
		: undefined;
}
