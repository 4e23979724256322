import {type WindowRow} from './run-report.js';

/**
One line of JSON a window: `{t, window, metrics, changes}`, times in seconds; with
`stretch` in a run with changes.
*/
export function ndjsonReport(rows: readonly WindowRow[]): string {
	let text = '';
	for (const {t, window, metrics, changes, stretch} of rows) {
		const plain = (_key: string, value: unknown): unknown =>
			typeof value === 'number' && !Number.isFinite(value) ? null : value;
		text += `${JSON.stringify(
			{
				t,
				window,
				metrics,
				changes,
				stretch,
			},
			plain,
		)}\n`;
	}

	return text;
}
