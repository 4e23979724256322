import {formatGrouped} from '../charts/format-number.js';
import {metricOf} from '../metrics/metric-table.js';
import {type Figure} from '../metrics/metrics.js';
import {type Answer, holds, parseCondition} from '../presets/answer.js';
import {figureWords} from './figure-text.js';

/**
The answer of a run to the question of its preset; empty while its figure is not defined.
`figureOf`: of a metric, as the view shows it; `textOf`: value of a parameter.
*/
export function answerText(
	answer: Answer,
	figureOf: (path: string) => Figure,
	textOf: (key: string) => string,
): string {
	const condition = parseCondition(answer.if);
	const figure = condition === undefined ? null : figureOf(condition.path);
	if (condition === undefined || typeof figure !== 'number') {
		return '';
	}

	return answer[holds(condition, figure) ? 'then' : 'else'].replaceAll(/\{([^\}]+)\}/gv, (_, name: string) => {
		const value = metricOf(name) === undefined ? undefined : figureOf(name);
		return typeof value === 'number' ? figureWords(name, value) : written(textOf(name));
	});
}

/** Numbers with their groups: `1,024`. */
function written(text: string): string {
	return /^\d{4,}$/v.test(text) ? formatGrouped(Number(text)) : text;
}
