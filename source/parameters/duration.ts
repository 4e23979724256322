import {fitText} from '../charts/fit-text.js';
import {UserError} from '../errors/user-error.js';

const exponents: Readonly<Record<string, number>> = {
	ns: 0,
	us: 3,
	ms: 6,
	s: 9,
};

const units = ['ns', 'us', 'ms', 's'];

const pattern = /^(\d{1,30})(?:\.(\d{1,30}))?(ns|us|ms|s)$/v;

/**
Reads a duration with a unit (`250ns`, `3us`, `1.5ms`, `1s`) as whole nanoseconds.
Throws `UserError` without a unit, below zero, finer than a nanosecond, or above 2^53 ns (104 days).
*/
export function parseDuration(text: string): number {
	const match = pattern.exec(text.trim());
	if (match === null) {
		throw new UserError(complaint(text));
	}

	const [, whole, fraction = '', unit] = match;
	const places = exponents[unit];
	if (/[^0]/v.test(fraction.slice(places))) {
		throw new UserError(`${quoted(text)} is finer than a nanosecond: write a whole number of ns`);
	}

	const value = Number(whole + fraction.slice(0, places).padEnd(places, '0'));
	if (value > Number.MAX_SAFE_INTEGER) {
		throw new UserError(`${quoted(text)} is too long: at most 9007199s`);
	}

	return value;
}

/** Inverse of `parseDuration`, canonical: the largest unit in which the number is not below 1. */
export function formatDuration(nanoseconds: number): string {
	if (nanoseconds < 1000) {
		return `${nanoseconds}ns`;
	}

	const unit = units.find(name => nanoseconds < 1000 * 10 ** exponents[name]) ?? 's';
	const places = exponents[unit];
	const digits = String(nanoseconds);
	const fraction = digits.slice(-places).replace(/0+$/v, '');
	return `${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}${unit}`;
}

/** A user's text in quotation marks, cut so that the message stays one line. */
export function quoted(text: string): string {
	const line = text.replaceAll(/\s+/gv, ' ').replaceAll(/[\p{C}]/gv, '?');
	return JSON.stringify(fitText(line, 60));
}

function complaint(text: string): string {
	const trimmed = text.trim();
	if (trimmed.startsWith('-')) {
		return `${quoted(text)} is below zero: a duration is 0ns or more`;
	}

	if (/^\d+(?:\.\d+)?$/v.test(trimmed)) {
		return `${quoted(text)} has no unit: a duration needs one, as in ${trimmed}us or ${trimmed}ms`;
	}

	return `${quoted(text)} is no duration: write a number and ns, us, ms or s, as in 250ns or 1.5ms`;
}
