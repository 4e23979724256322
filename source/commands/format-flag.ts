import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';

/**
The value of `--format`, which is one of those that the command has; the first one without the flag.

@throws {UserError} for any other.
*/
export function formatFlag<Format extends string>(
	value: string | undefined,
	formats: readonly [Format, ...Format[]],
): Format {
	if (value === undefined) {
		return formats[0];
	}

	const format = formats.find(known => known === value);
	if (format === undefined) {
		const near = nearest(value, formats);
		throw new UserError(
			`--format ${value} is none of ${formats.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`,
		);
	}

	return format;
}
