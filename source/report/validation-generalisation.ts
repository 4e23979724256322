import {type FitResult} from '../validation/fit-result.js';
import {type Generalisation} from '../validation/generalisation.js';
import {type LeftOutScore} from '../validation/left-out.js';
import {score} from './validation-figures.js';

/** How the constants do on what they were not fitted to, and what that is to be read against. */
export function generalisationSection(
	{leftOut, leftOutAll, noiseCeiling: ceiling, sessions}: Generalisation,
	fit: FitResult | undefined,
): string[] {
	const rows: ReadonlyArray<readonly [string, LeftOutScore | null]> = [
		...Object.entries(leftOut),
		['all', leftOutAll],
	];
	const known = rows.filter((row): row is [string, LeftOutScore] => row[1] !== null);
	return [
		...(known.length === 0
			? []
			: [
					'## Families left out of the fit',
					'',
					'Each letter of the cells is left out in turn: the constants are fitted to the other ' +
						'families and score on the one that they have not seen.',
					'',
					'| family | figures in band | throughput factor | decided pairs right | factor between ' +
						'predicted and measured ratio: median | p90 |',
					'|---|--:|--:|--:|--:|--:|',
					...known.map(
						([family, {inBand, throughputFactor, ratioFactor, decided, decidedRight}]) =>
							`| ${family} | ${score(inBand)} | ${score(throughputFactor)} | ${decidedRight} of ` +
							`${decided} | ${score(ratioFactor?.median ?? null)} | ` +
							`${score(ratioFactor?.p90 ?? null)} |`,
					),
					...(ceiling === null
						? []
						: [
								`| noise ceiling | ${score(ceiling.inBand)} | ` +
									`${score(ceiling.throughputFactor)} | | ` +
									`${score(ceiling.pairs.ratioFactor.median)} | ` +
									`${score(ceiling.pairs.ratioFactor.p90)} |`,
							]),
					...(sessions.twins === null
						? []
						: [
								`| the same machine measured again | ${score(sessions.twins.inBand)} | ` +
									`${score(sessions.twins.throughputFactor)} | | | |`,
							]),
					'',
					...(fit === undefined ? [] : ['The constants come from:', '', '```', fit.again, '```', '']),
					'The noise ceiling measures again in the mind: the measured medians are taken for the true ' +
						'ones, the runs of each figure scatter log-normally as wide as its measured extremes say ' +
						'for as many runs, and what is drawn is scored against the true medians.',
					'',
				]),
		...sessionLines(sessions, fit),
	];
}

function sessionLines({compared, spread, twins}: Generalisation['sessions'], fit: FitResult | undefined): string[] {
	if (compared.length === 0) {
		return [];
	}

	return [
		'## Sessions of measuring',
		'',
		'A session is one factor of machine speed, not a mechanism. Families that are the same machine tell its ' +
			`size: a standard deviation of at most ${percent(spread)}. It is noise, and no score uses it: a speed ` +
			'estimated on a family that is scored would be one more constant.' +
			(fit === undefined
				? ''
				: ' The fit gives each family in its view one speed, which pays for its distance from 1 in units ' +
					'of that deviation; a family left out has none.'),
		'',
		'| families | cells in both | speed of the second | scatter of a cell |',
		'|---|--:|--:|--:|',
		...compared.map(
			({families, cells, factor, scatter}) =>
				`| ${families.join(', ')} | ${cells} | ${score(factor)} | ${score(scatter)} |`,
		),
		'',
		...(twins === null
			? []
			: [
					'Predicted by the median of the same machine in other sessions such cells are ' +
						`${score(twins.inBand)} in band, their throughput within ${score(twins.throughputFactor)}: ` +
						'a model can hardly do better than the machine itself.',
					'',
				]),
		...(fit === undefined
			? []
			: [
					`Speeds in the fit: ${Object.entries(fit.sessions)
						.map(([family, speed]) => `${family} ${score(speed)}`)
						.join(', ')}.`,
					'',
				]),
	];
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
