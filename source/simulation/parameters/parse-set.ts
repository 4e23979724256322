import {type Change, type ParameterValue} from '../../parameters/configuration.js';
import {parseDuration, quoted} from '../../parameters/duration.js';
import {UserError} from '../../errors/user-error.js';
import {parseValue} from '../../parameters/value.js';
import {parameter} from './table.js';

/** How a key is written; the name of a client may have spaces in it. */
export const keyPattern = String.raw`clients\.[A-Za-z][\w \-]{0,39}\.\w+|[A-Za-z][\w.]*`;

/** Where an assignment begins in a text of several. */
const assignment = new RegExp(String.raw`(?<=^|\s)(?:${keyPattern})=`, 'gv');

/** A parameter with its new value. */
export type Setting = {readonly key: string; readonly value: ParameterValue};

/** Reads `key=value` of `--set`, split at the first `=`. Throws `UserError`. */
export function parseSet(text: string): Setting {
	const equals = text.indexOf('=');
	if (equals < 1) {
		throw new UserError(`${quoted(text)} sets nothing: write key=value, as in queue.size=256`);
	}

	const entry = parameter(text.slice(0, equals).trim());
	return {key: entry.key, value: parseValue(entry, text.slice(equals + 1))};
}

/** Reads several `key=value` into one record; a later one wins. Throws `UserError`. */
export function parseSets(texts: readonly string[]): Readonly<Record<string, ParameterValue>> {
	return Object.fromEntries(
		texts.map(text => {
			const {key, value} = parseSet(text);
			return [key, value];
		}),
	);
}

/** Reads `key=value [key=value…]`, in one text with spaces between. Throws `UserError`. */
export function parseSettings(text: string): Readonly<Record<string, ParameterValue>> {
	const starts = Array.from(text.matchAll(assignment), ({index}) => index);
	const [first = 0] = starts;
	const parts =
		first > 0 || starts.length === 0 ? [text] : starts.map((start, index) => text.slice(start, starts[index + 1]));
	return parseSets(parts.map(part => part.trim()));
}

/** Reads `500ms key=value [key=value…]` of `--change`. Throws `UserError`. */
export function parseChange(text: string): Change {
	const [, time, rest] = /^\s*(\S+)\s+(\S.*)$/sv.exec(text) ?? [];
	if (time === undefined || rest === undefined) {
		throw new UserError(`${quoted(text)} is no change: write a time and key=value, as in '500ms host.load=1'`);
	}

	return {at: parseDuration(time), set: parseSettings(rest)};
}
