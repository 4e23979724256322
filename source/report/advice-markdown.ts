import {type AdviceDocument} from './advice-document.js';
import {changeText, pastWords, setText} from './advice-text.js';

/** Advice as a page of Markdown. */
export function adviceMarkdown(document: AdviceDocument, again: readonly string[]): string {
	const {preset, verdict, goal, subjectTo, advice, noEffect, restsOn, note} = document;
	return `${[
		`# Advice on ${preset}`,
		'',
		`**${verdict.bottleneck}**: ${verdict.text}`,
		'',
		`Goal: ${goal.better} \`${goal.metric}\`, subject to ` +
			`${subjectTo.join(', ')}.${note === null ? '' : ` ${note}`}`,
		'',
		'| # | set | goal | is | subject to | n |',
		'|--:|---|---|---|---|--:|',
		...advice.map(
			(entry, index) =>
				`| ${index + 1} | \`${setText(entry)}\` | ${changeText(entry)} | ${entry.effect} | ` +
				`${entry.subjectTo.map(part => `${part.metric} ${changeText(part)}${part.holds === 'no' ? ' (fails)' : ''}`).join('; ')} ` +
				`| ${entry.pairs} |`,
		),
		'',
		...advice.flatMap(entry => pastWords(entry).map(text => `- \`${setText(entry)}\` ${text}`)),
		'',
		'Does not help:',
		'',
		...noEffect.map(({key, tried, why}) => `- \`${key}\` ${tried.join(', ')}: ${why}`),
		'',
		...advice
			.filter(({effect}) => effect === 'better')
			.slice(0, 1)
			.map(entry => `To confirm: ${entry.confirm}.`),
		...restsOn.map(
			({key, value, doubled, gain, gainDoubled}) =>
				`- rests on \`${key}\` ${value}, assumed: gain ${gain ?? '-'}, at ${doubled} ${gainDoubled ?? '-'}`,
		),
		'',
		'```',
		again.join(' '),
		'```',
	].join('\n')}\n`;
}
