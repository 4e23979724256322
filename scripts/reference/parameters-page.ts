import {clientParameters} from '../../source/guest/client-parameters.js';
import {type Choice, type Parameter} from '../../source/parameters/parameter.js';
import {formatValue, rangeText} from '../../source/parameters/value.js';
import {parameters} from '../../source/simulation/parameters/table.js';
import {cell, code, markdownTable, pageHead} from './markdown-table.js';

const effects: Readonly<Record<Parameter['effect'], string>> = {
	'next-use': 'at its next use',
	reset: 'after a device reset',
	restart: 'in a new run',
};

function row(entry: Parameter): readonly string[] {
	return [
		code(entry.key),
		cell(entry.words),
		cell(`${entry.unit}; ${rangeText(entry)}`),
		code(formatValue(entry, entry.default)),
		effects[entry.effect],
		cell(`${entry.provenance.kind}: ${entry.provenance.source}`),
	];
}

function choicePart(key: string, choices: readonly Choice[]): string {
	return [
		`### ${key}`,
		'',
		markdownTable(
			['value', 'what it does', 'functions', 'versions', 'does not help'],
			choices.map(({value, words, functions, versions, noHelp}) => [
				code(value),
				...[words, functions, versions, noHelp].map(text => cell(text)),
			]),
		),
	].join('\n');
}

/**
`docs/reference/parameters.md`: every key of `--set`, by group. Those of single commands stand with
the one that they inherit from.
*/
export function parametersPage(): string {
	const listed = [...parameters, ...clientParameters].filter(({family}) => family === undefined);
	const inherits = new Set(parameters.flatMap(({family}) => family ?? []));
	const groups = [...new Set(listed.map(({group}) => group))];
	const parts = groups.map(group => {
		const members = listed.filter(entry => entry.group === group);
		return [
			`## ${group}`,
			'',
			markdownTable(
				['key', 'what it is', 'unit; range', 'default', 'a change acts', 'from'],
				members.map(entry => row(entry)),
			),
			...members.flatMap(entry => (entry.type === 'choice' ? ['', choicePart(entry.key, entry.choices)] : [])),
		].join('\n');
	});
	const families = [...inherits].map(key => code(`${key}.<COMMAND>`)).join(', ');
	return [
		pageHead(
			'Parameters',
			'Every key of `--set`, `--change`, `--axis` and preset files. `vqlab explain KEY` says the same and more.',
		),
		`A command may have its own: ${families}.`,
		'',
		parts.join('\n\n'),
		'',
	].join('\n');
}
