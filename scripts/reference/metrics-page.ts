import {metrics} from '../../source/metrics/metric-table.js';
import {stages} from '../../source/metrics/stage-table.js';
import {cell, code, markdownTable, pageHead} from './markdown-table.js';

/**
`docs/reference/metrics.md`: every path of the JSON of a run, of `--assert`, `--metric` and
`--fail-if`.
*/
export function metricsPage(): string {
	const shown = metrics.filter(({path}) => !path.startsWith('cursor.'));
	const groups = [...new Set(shown.map(({path}) => path.split('.', 1)[0]))];
	const parts = groups.map(group =>
		[
			`## ${group}`,
			'',
			markdownTable(
				['path', 'what it is', 'unit', 'better'],
				shown
					.filter(({path}) => path.split('.', 1)[0] === group)
					.map(({path, meaning, unit, better}) => [code(path), cell(meaning), unit, better ?? 'neither']),
			),
		].join('\n'),
	);
	return [
		pageHead(
			'Metrics',
			'Every figure of a run, by its path in the JSON. `vqlab explain PATH` says the same; how each is ' +
				'counted is in [the contract](../contract.md#4-metrics).',
		),
		'Those of a queue are of the control queue; `cursor.` before the path asks for the cursor queue.',
		'',
		parts.join('\n\n'),
		'',
		'## Stages of a command',
		'',
		markdownTable(
			['stage', 'from', 'to', 'what it is'],
			stages.map(({name, from, to, meaning}) => [code(name), ...[from, to, meaning].map(text => cell(text))]),
		),
		'',
	].join('\n');
}
