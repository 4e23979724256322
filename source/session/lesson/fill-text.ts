import {formatGrouped} from '../../charts/format-number.js';
import {metricOf} from '../../metrics/metric-table.js';
import {figureWords} from '../figure-text.js';

/** Where the figures of a text come from. */
export type TextSource = {
	/** A figure as it is; null: not defined. */
	readonly figure: (path: string) => number | null;
	/** The figure as it was before something was tried. */
	readonly was: (path: string) => number | null;
	/** The figures as they are rest on enough commands. */
	readonly settled: boolean;
	/** A parameter's value as it is written. */
	readonly setting: (key: string) => string;
};

function figureOr(path: string, figure: number | null, settled: boolean): string {
	return figure === null ? '…' : `${settled ? '' : '~'}${figureWords(path, figure)}`;
}

/**
A text of a lesson with the run's own figures and settings in it; `~` before those that are not
settled.
*/
export function fillText(text: string, {figure, was, settled, setting}: TextSource): string {
	return text.replaceAll(/\{(?<past>was )?(?<name>[^\}]+)\}/gv, (_, past: string | undefined, name: string) => {
		if (metricOf(name) === undefined) {
			const value = setting(name);
			return /^\d{4,}$/v.test(value) ? formatGrouped(Number(value)) : value;
		}

		return past === undefined ? figureOr(name, figure(name), settled) : figureOr(name, was(name), true);
	});
}
