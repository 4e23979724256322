import {formatCount} from '../charts/format-number.js';
import {type Ablation, type Effect} from '../experiment/compare/ablation.js';
import {type GateProof} from '../experiment/compare/proof.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {parameter} from '../simulation/parameters/table.js';
import {jsonValue} from '../parameters/value.js';
import {wrap} from './text-layout.js';

/** Columns of a commit message, which these lines may stand in. */
const width = 78;

/**
Which of the changed keys moved a metric, for people; effects in the metric's
unit with their 95 % intervals.
*/
export function ablationLines({path, margin, whole, keys, interactions, unexplained}: Ablation): string[] {
	const unit = metricUnit(path);
	const matter = keys.filter(({matters}) => matters).map(({key}) => key);
	const together = interactions
		.filter(({matters}) => matters)
		.map(({keys: [left, right]}) => `${left} with ${right}`);
	return [
		'',
		`${path}${unit === 'count' || unit === 'share' ? '' : ` ${unit}`}: ${effectWords(whole)} in all; a ` +
			`margin is ${formatCount(margin)}`,
		...keys.flatMap(({key, alone, last, matters}) =>
			wrap(`${matters ? '*' : ' '} ${key}: alone ${effectWords(alone)}, left out ${effectWords(last)}`, 2, width),
		),
		...interactions
			.filter(({matters}) => matters)
			.flatMap(({keys: [left, right], beyond}) =>
				wrap(`* ${left} with ${right}: ${effectWords(beyond)} beyond their sum`, 2, width),
			),
		`    unexplained ${effectWords(unexplained)}`,
		...wrap(
			matter.length === 0
				? 'None of the keys moves it beyond its margin.'
				: `What did it: ${[...matter, ...together].join(', ')}.`,
			4,
			width,
		),
	];
}

function effectWords({mean, low, high}: Effect): string {
	return `${mean > 0 ? '+' : ''}${formatCount(mean)} [${formatCount(low)}, ${formatCount(high)}]`;
}

function proofWords(fault: GateProof['fault'], equal: GateProof['equal']): string {
	if (fault !== null) {
		return `NOT proved: it ${fault}`;
	}

	return equal === 'undecided'
		? 'it closes on a regression; on equal settings it is undecided, which --undecided pass lets through'
		: 'it closes on a regression and lets equal settings through';
}

/** What was planted and what the gate said, for people. */
export function proofLines({gate, plant, planted, equal, fault}: GateProof): string[] {
	return [
		...wrap(`proof of gate '${gate.text}': ${proofWords(fault, equal)}`, 0, width),
		...(plant === null
			? []
			: [
					...wrap(
						`planted: ${plant.key} ${plant.factor} times as long ` +
							`(${String(jsonValue(parameter(plant.key), plant.value))}): ${String(planted)}`,
						2,
						width,
					),
					`  equal settings with other random numbers: ${String(equal)}`,
				]),
	];
}
