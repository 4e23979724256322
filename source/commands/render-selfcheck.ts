import {unrepresented} from '../selfcheck/unrepresented.js';
import {selfcheckSummary, type SelfcheckResult} from '../selfcheck/selfcheck.js';
import {type PairResult} from '../selfcheck/pair-check.js';
import {type TheoryResult} from '../selfcheck/theory-check.js';
import {schema, version} from '../version.js';
import {wrapped} from './wrapped.js';

export const selfcheckFormats = ['text', 'json', 'markdown'] as const;

/** The result of a self-check in one of its formats. */
export function renderSelfcheck(result: SelfcheckResult, format: (typeof selfcheckFormats)[number]): string {
	switch (format) {
		case 'json': {
			return `${JSON.stringify(
				{
					schema,
					vqlab: version,
					theory: result.theory,
					published: result.pairs,
					notRepresented: unrepresented,
					summary: selfcheckSummary(result),
				},
				undefined,
				2,
			)}\n`;
		}

		case 'markdown': {
			return markdown(result);
		}

		case 'text': {
			return text(result);
		}
	}
}

function text(result: SelfcheckResult): string {
	const lines = ['Closed forms: the whole model with every cost at 0 that is not named'];
	let law = '';
	for (const check of result.theory) {
		if (check.law !== law) {
			law = check.law;
			lines.push('', ...wrapped(`${law}: ${check.applies}`));
		}

		lines.push(
			...wrapped(`${check.setting}`, '  '),
			`    ${check.quantity}: simulated ${figure(check.simulated)}, exact ${figure(check.exact)}`,
			`    error ${errorWords(check)}, ${check.commands} commands, ${check.verdict}`,
		);
	}

	lines.push('', 'Published pairs: costs fitted on "before" where the preset says so');
	for (const pair of result.pairs) {
		lines.push(
			'',
			`${pair.id} (preset ${pair.preset}), ${pair.quantity}`,
			...wrapped(pair.source, '  '),
			...wrapped(`published ${publishedWords(pair)}; predicted ${predictedWords(pair)}`, '  '),
			...wrapped(`band x${bandWords(pair)}, control x${figure(pair.control)}: ${pairVerdict(pair)}`, '  '),
		);
	}

	lines.push('', 'Published and not predicted');
	for (const {id, published, source, reason} of unrepresented) {
		lines.push('', ...wrapped(`${id}: ${published} (${source})`), ...wrapped(reason, '  '));
	}

	return `${[...lines, '', ...wrapped(summaryWords(result))].join('\n')}\n`;
}

function markdown(result: SelfcheckResult): string {
	const lines = [
		'# vqlab selfcheck',
		'',
		`vqlab ${version}. ${summaryWords(result)}`,
		'',
		'## Closed forms',
		'',
		'| law | where it applies | setting | quantity | simulated | exact | error | verdict |',
		'|---|---|---|---|--:|--:|--:|---|',
		...result.theory.map(check =>
			row([
				check.law,
				check.applies,
				check.setting,
				check.quantity,
				figure(check.simulated),
				figure(check.exact),
				errorWords(check),
				check.verdict,
			]),
		),
		'',
		'## Published pairs',
		'',
		'| id | source | preset | quantity | published | predicted | band | control | verdict |',
		'|---|---|---|---|---|---|---|--:|---|',
		...result.pairs.map(pair =>
			row([
				pair.id,
				pair.source,
				pair.preset,
				pair.quantity,
				publishedWords(pair),
				predictedWords(pair),
				`x${bandWords(pair)}`,
				`x${figure(pair.control)}`,
				pairVerdict(pair),
			]),
		),
		'',
		'## Published and not predicted',
		'',
		'| id | published | source | reason |',
		'|---|---|---|---|',
		...unrepresented.map(({id, published, source, reason}) => row([id, published, source, reason])),
		'',
	];
	return lines.join('\n');
}

/** A row of a table; a bar would end the cell. */
function row(cells: readonly string[]): string {
	return `| ${cells.map(cell => cell.replaceAll(/[\\\|]/gv, String.raw`\$&`)).join(' | ')} |`;
}

function summaryWords(result: SelfcheckResult): string {
	const {theory, theoryHolds, counted, countedHold, pairs, pairsHold} = selfcheckSummary(result);
	return [
		`${theoryHolds} of ${theory} closed forms met;`,
		`${countedHold} of ${counted} published pairs in band with their control out of it,`,
		`${pairsHold - countedHold} of ${pairs - counted} more whose band contains 1 and which do not count;`,
		`${unrepresented.length} not predicted.`,
	].join(' ');
}

function errorWords({error, interval}: TheoryResult): string {
	const percent = `${error < 0 ? '-' : '+'}${Math.abs(error * 100).toFixed(2)} %`;
	return interval === null ? percent : `${percent} (99 % interval +-${(interval * 100).toFixed(2)} %)`;
}

function publishedWords({published: {before, after}, ratio}: PairResult): string {
	const times = `x${figure(ratio)}`;
	return before === null || after === null ? times : `${figure(before)} to ${figure(after)}, ${times}`;
}

function predictedWords({predicted: {before, after, ratio}}: PairResult): string {
	return `${figure(before)} to ${figure(after)}, x${figure(ratio)}`;
}

function bandWords({band: [low, high]}: PairResult): string {
	return `${figure(low)} to x${figure(high)}`;
}

function pairVerdict({verdict, counted}: PairResult): string {
	return counted ? verdict : `${verdict}, does not count (the band contains 1)`;
}

/** Four significant digits: enough to see an error of 0.1 %. */
function figure(value: number): string {
	return String(Number(value.toPrecision(4)));
}
